/* SPDX-License-Identifier: Apache-2.0 */

/* Match specifications. The answers are those of erl (OTP 25) for
 * erlang:match_spec_test/3, texts as lists of characters. */

#include "config.h"

#include "engine/data/data.h"
#include "tests/engine/bif-fixture.h"

typedef struct
{
  const char *args, *expected;
} Case;

static const Case cases[] = {
  { "[{1,2},[{{'$1','$2'},[],['$$']}],table]", "{ok,[1,2],[],[]}" },
  { "[{1,2},[{{'$2','$1'},[],['$$']}],table]", "{ok,[2,1],[],[]}" },
  { "[{1,1},[{{'$1','$1'},[],['$1']}],table]", "{ok,1,[],[]}" },
  { "[{1,1.0},[{{'$1','$1'},[],['$1']}],table]", "{ok,false,[],[]}" },
  { "[{1,[2,3|4]},[{{'$1',['$2','$3'|'$4']},[],['$4']}],table]", "{ok,4,[],[]}" },
  { "[{#{a=>1,b=>2}},[{{#{a=>'$1'}},[],['$1']}],table]", "{ok,1,[],[]}" },
  { "[{#{a=>1,b=>2}},[{{#{c=>'$1'}},[],['$1']}],table]", "{ok,false,[],[]}" },
  { "[{#{a=>1}},[{{#{'$1'=>1}},[],[1]}],table]",
    "{error,[{error,[86,97,114,105,97,98,108,101,32,102,111,117,110,100,32,105,110,32,109,97,1"
    "12,32,107,101,121,46]}]}" },
  { "[{1},[{{'$1'},[{is_atom,'$1'}],[a]},{{'$1'},[{is_integer,'$1'}],[b]}],table]",
    "{ok,b,[],[]}" },
  { "[{1},[{{'$1'},[],[{element,3,'$_'}]}],table]", "{ok,'EXIT',[],[]}" },
  { "[{1},[{{'$1'},[{element,3,'$_'}],[a]}],table]", "{ok,false,[],[]}" },
  { "[{1},[{{'$1'},[{'or',true,{element,3,'$_'}}],[a]}],table]", "{ok,false,[],[]}" },
  { "[{1},[{{'$1'},[{'orelse',true,{element,3,'$_'}}],[a]}],table]", "{ok,a,[],[]}" },
  { "[{1},[{{'$1'},[],[{'andalso',true,5}]}],table]", "{ok,5,[],[]}" },
  { "[{1},[{{'$1'},[],[{'and',true,5}]}],table]", "{ok,'EXIT',[],[]}" },
  { "[{1},[{{'$1'},[],[{const,{'$1',x}}]}],table]", "{ok,{'$1',x},[],[]}" },
  { "[{1},[{{'$1'},[],[{{'$1',{{a,'$1'}}}}]}],table]", "{ok,{1,{a,1}},[],[]}" },
  { "[{1},[{{'$1'},[],[#{k=>'$1'}]}],table]", "{ok,#{k => 1},[],[]}" },
  { "[{1},[{{'$1'},[],[{'+','$1',4611686018427387904}]}],table]",
    "{ok,4611686018427387905,[],[]}" },
  { "[{1},[{{'$1'},[],[{foo,1}]}],table]",
    "{error,[{error,[70,117,110,99,116,105,111,110,32,102,111,111,47,49,32,100,111,101,115,95,"
    "110,111,116,95,101,120,105,115,116,46]}]}" },
  { "[{1},[{{'$1'},[{'$1'}],[1]}],table]",
    "{error,[{error,[123,39,36,49,39,125,32,105,115,32,110,101,105,116,104,101,114,32,97,32,10"
    "2,117,110,99,116,105,111,110,32,99,97,108,108,44,32,110,111,114,32,97,32,116,117,112,108,"
    "101,32,40,116,117,112,108,101,115,32,97,114,101,32,119,114,105,116,116,101,110,32,123,123"
    ",32,46,46,46,32,125,125,41,46]}]}" },
  { "[{1},[{{'$1'},[],['$2']}],table]",
    "{error,[{error,[86,97,114,105,97,98,108,101,32,36,50,32,105,115,32,117,110,98,111,117,110"
    ",100,46]}]}" },
  { "[{1},[{{'$1'},[],[]}],table]",
    "{error,[{error,[66,111,100,121,32,99,108,97,117,115,101,32,100,111,101,115,32,110,111,116"
    ",32,114,101,116,117,114,110,32,97,110,121,116,104,105,110,103,46]}]}" },
  { "[{1},[{{'$1'},[],[{{}}]}],table]", "{ok,{},[],[]}" },
  { "[{1},[a],table]",
    "{error,[{error,[77,97,116,99,104,32,112,114,111,103,114,97,109,32,112,97,114,116,32,105,1"
    "15,32,110,111,116,32,97,32,116,117,112,108,101,32,111,102,32,97,114,105,116,121,32,51,46]"
    "}]}" },
  { "[{1},foo,table]",
    "{error,[{error,[77,97,116,99,104,32,112,114,111,103,114,97,109,115,32,97,114,101,32,110,1"
    "11,116,32,105,110,32,97,32,108,105,115,116,46]}]}" },
  { "[{1},[],table]",
    "{error,[{error,[77,97,116,99,104,32,112,114,111,103,114,97,109,115,32,97,114,101,32,110,1"
    "11,116,32,105,110,32,97,32,108,105,115,116,46]}]}" },
  { "[{1},[{{'$1'},[],[{'div',1,0}]}],table]", "{ok,'EXIT',[],[]}" },
  { "[{1},[{{'$1'},[],[1,2,3]}],table]", "{ok,3,[],[]}" },
  { "[{1},[{{'$1'},[],[{return_trace}]}],table]",
    "{error,[{error,[83,112,101,99,105,97,108,32,102,111,114,109,32,39,114,101,116,117,114,110"
    ",95,116,114,97,99,101,39,32,117,115,101,100,32,105,110,32,119,114,111,110,103,32,100,105,"
    "97,108,101,99,116,46]}]}" },
  { "[{r,1},[{'$1',[{is_record,'$1',r,2}],[{size,'$1'}]}],table]", "{ok,2,[],[]}" },
  { "[{1},[{'_',[],['$_']}],table]", "{ok,{1},[],[]}" },
  { "[{<<1,2,3>>},[{{'$1'},[],[{binary_part,'$1',1,2}]}],table]", "{ok,<<2,3>>,[],[]}" },
  { "[{1},[{{'$1'},[5],[x]}],table]", "{ok,false,[],[]}" },
  { "[{1},[{{'_'},[],['_']}],table]", "{ok,'_',[],[]}" },
  { "[{\"abc\",1.5},[{{\"abc\",1.5},[],[{hd,\"x\"}]}],table]", "{ok,120,[],[]}" },
  { "[[1,2],[{['$1','$2'],[],[{return_trace},{message,{{'$1'}}}]}],trace]",
    "{ok,{1},[return_trace],[]}" },
  { "[[1,2],[{'_',[],[{exception_trace}]}],trace]", "{ok,true,[exception_trace],[]}" },
  { "[[1,2],[{'$1',[],['$1']}],trace]", "{ok,true,[],[]}" },
  { "[[1,2],[{['$1'],[],['$1']}],trace]", "{ok,false,[],[]}" },
  { "[[1,2],[{{'$1'},[],['$1']}],trace]", "{ok,false,[],[]}" },
  { "[[1,2],[{['_'|'$1'],[],['$1']}],trace]",
    "{error,[{error,[77,97,116,99,104,32,101,120,112,114,101,115,115,105,111,110,32,112,97,114"
    ",116,32,91,39,95,39,124,39,36,49,39,93,32,105,115,32,110,111,116,32,97,32,112,114,111,112"
    ",101,114,32,108,105,115,116,46]}]}" },
  { "[[1],[{['_'],[{caller}],[true]}],trace]",
    "{error,[{error,[83,112,101,99,105,97,108,32,102,111,114,109,32,39,99,97,108,108,101,114,3"
    "9,32,99,97,108,108,101,100,32,105,110,32,103,117,97,114,100,32,99,111,110,116,101,120,116"
    ",46]}]}" },
  { "[[1],[{['_'],[],[{caller},'$_']}],trace]", "{ok,true,[],[]}" },
  { "[[1],[{['_'],[{message,1}],[true]}],trace]",
    "{error,[{error,[83,112,101,99,105,97,108,32,102,111,114,109,32,39,109,101,115,115,97,103,"
    "101,39,32,99,97,108,108,101,100,32,105,110,32,103,117,97,114,100,32,99,111,110,116,101,12"
    "0,116,46]}]}" },
};

static void
test_against_erl (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      BifFixture      *fixture = g_new (BifFixture, 1);
      g_autofree char *answer = NULL;

      bif_fixture_init (fixture);
      fixture->machine.bifs = (struct _BifIndex *) fixture->index;
      answer = bif_fixture_call (fixture, "erlang", "match_spec_test", cases[i].args);
      if (g_strcmp0 (answer, cases[i].expected) != 0)
        {
          g_test_message ("match_spec_test %s", cases[i].args);
          g_test_message ("  is   %s", answer);
          g_test_message ("  not  %s", cases[i].expected);
          g_test_fail ();
        }
      bif_fixture_clear (fixture);
      g_free (fixture);
    }
}

/* What guards computed is gone from the heap when they are done. */
static void
test_guards_leave_nothing (void)
{
  BifFixture *fixture = g_new (BifFixture, 1);
  Term       *before;
  gsize       fragments;
  Term        args[3];
  g_autoptr (GError) error = NULL;

  bif_fixture_init (fixture);
  fixture->machine.bifs = (struct _BifIndex *) fixture->index;
  args[0] = term_parse (&fixture->machine, &fixture->process.heap, "{1.5}", &error);
  args[1] = term_parse (&fixture->machine, &fixture->process.heap,
                        "[{{'$1'},[{'>',{'*','$1',2.5},100}],[x]}]", &error);
  args[2] = atom_from_string (fixture->machine.atoms, "table");
  g_assert_no_error (error);
  before = fixture->process.heap.htop;
  fragments = fixture->process.heap.mbuf_size;
  bif_fixture_apply (fixture, "erlang", "match_spec_test", 3, args);
  g_assert_cmpint (fixture->process.heap.htop - before, ==, 5); /* {ok, false, [], []} */
  g_assert_cmpuint (fixture->process.heap.mbuf_size, ==, fragments);
  bif_fixture_clear (fixture);
  g_free (fixture);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/match-spec/against-erl", test_against_erl);
  g_test_add_func ("/match-spec/guards-leave-nothing", test_guards_leave_nothing);
  return g_test_run ();
}
