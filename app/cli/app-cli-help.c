/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/cli/app-cli.h"
#include <string.h>

/* What `beamlab help` prints. The man page says the same; tests/labs compares
 * the options and the text on conditions. */

static const char overview[] =
  "BEAM Lab: a laboratory for the Erlang runtime system\n"
  "\n"
  "  beamlab                  the gallery of labs, in a window\n"
  "  beamlab LAB              a window on that lab: its id, or the path of its folder\n"
  "  beamlab run [OPTION…] MODULE [FUNCTION [ARG…]]\n"
  "                           run compiled code on the engine, without a window\n"
  "  beamlab render (LAB | --recording FILE) [OPTION…] -o FILE\n"
  "                           draw a picture: PNG, SVG or PDF\n"
  "  beamlab check LAB…       lint labs and play them, without a window\n"
  "  beamlab help [TOPIC]     on run, render, check or conditions\n"
  "  beamlab --version\n"
  "\n"
  "Labs are found in $BEAMLAB_LABS, or where the program was installed.\n";

static const char run[] =
  "beamlab run [OPTION…] MODULE [FUNCTION [ARG…]]\n"
  "\n"
  "Runs MODULE:FUNCTION on the engine; FUNCTION is start unless given, each ARG an\n"
  "Erlang term. Modules come from the -pa folders and the installed Erlang/OTP.\n"
  "\n"
  "  -pa DIR                look for .beam files in DIR first; of several, the last\n"
  "                         is the first, as for erl\n"
  "  --otp DIR              use the Erlang/OTP installed in DIR\n"
  "  --schedulers N         how many schedulers (default: one per processor)\n"
  "  --clock live|virtual   threads and wall time, or a repeatable interleaving\n"
  "                         in virtual time (default: live)\n"
  "  --seed N               which interleaving, under the virtual clock\n"
  "  --print                print the result, as ~w does, on a line of its own, last\n"
  "  --events FILE          write the recording: one JSON object a line\n"
  "  --until CONDITION      stop when it becomes true; see beamlab help conditions\n"
  "  --max-memory BYTES     a limit for all processes together; K, M, G are understood\n"
  "  --max-processes N      a limit for how many live at once\n"
  "  --timeout SECONDS      a limit in wall time\n"
  "  --stats                say on stderr what the run took\n"
  "\n"
  "Standard input goes to the program. Exit status: 0 it returned; 1 an uncaught\n"
  "exception (on stderr); 2 usage, or something could not be loaded; 3 a limit was\n"
  "reached. A program that calls halt(N) gives N.\n";

static const char render[] =
  "beamlab render (LAB | --recording FILE) [OPTION…] --view VIEW -o FILE\n"
  "\n"
  "Plays a lab's program, or takes a recording, and draws it. The form of the\n"
  "picture follows from FILE's name: .png, .svg or .pdf.\n"
  "\n"
  "  --recording FILE       draw from a recording that was saved\n"
  "  --until CONDITION      how far to play; see beamlab help conditions\n"
  "                         (default: to the end; a village or mailbox in which all\n"
  "                         have ended by then is drawn as it last told most)\n"
  "  --view VIEW            village, heap, history, compare, words, schedulers,\n"
  "                         mailbox, collection or binaries\n"
  "  --collection N         which of the process's collections, from 1 (default: the\n"
  "                         last), captured action by action as it happens\n"
  "  --step K               after how many of its actions (default: all)\n"
  "  --process NAME         the process to look at, where the view shows one\n"
  "  --size WxH             in pixels (default: 1280x800)\n"
  "  --theme light|dark     (default: light)\n"
  "  --transparent          without a ground, to be laid over something\n"
  "  -o FILE                where to write; .csv and .tsv make a table of the same\n"
  "                         figures, of heap, history and compare\n"
  "\n"
  "Of --view heap, history and compare, a process's memory over time:\n"
  "  --at TIME              the moment to look at: 1.2ms (default: the end)\n"
  "  --form FORM            blocks, stacked, or processes: the largest ones, each by\n"
  "                         itself (default: blocks)\n"
  "  --compare TIME|KNOB    with that moment, or what a run becomes with a knob turned:\n"
  "                         min_heap_words=N, fullsweep_after=N, schedulers=N,\n"
  "                         min_bin_vheap_words=N, or arg1=N for the program's first\n"
  "                         argument\n"
  "\n"
  "Of --view words, the process's memory to scale:\n"
  "  --area AREA            young, old, stack or fragment (default: young)\n"
  "  --from WORD            the first word in sight, from the area's start; of the\n"
  "                         stack from its newest word\n"
  "  --words N              how many words across (default: all of the process)\n"
  "  --choose TERM          light up a term and all from which it is reached: x0, y1,\n"
  "                         'message 2', a key of the dictionary, or AREA:WORD\n";

static const char check[] =
  "beamlab check LAB…\n"
  "\n"
  "Reads each lab (an id or a folder), reports every mistake with file and line,\n"
  "compiles its program, plays its steps, and sees whether its goal is met: by the\n"
  "solution and not by the start, where the lab has a solution. Prints TAP. Exit\n"
  "status: 0 all is well; 1 something failed; 2 usage.\n";

static const char conditions[] =
  "A condition says when to stop, or what must hold. Breakpoints, --until and labs\n"
  "use the same language.\n"
  "\n"
  "How things stand:\n"
  "  heap(sorter).old > 0       words of a process's memory: young, young_block, old,\n"
  "                             old_block, stack, free, high_water, fragments, total;\n"
  "                             bytes: memory (all that is its own), offheap (the\n"
  "                             binaries it refers to, once a reference); the virtual\n"
  "                             binary heap: vheap of vheap_block, old_vheap of\n"
  "                             old_vheap_block\n"
  "  binaries(router) > 10      references to binaries off its heap\n"
  "  size(sorter, x0) >= 10     words of a term on its heap, shared parts counted once;\n"
  "                             copy_size(sorter, x0): words that a send of it copies.\n"
  "                             x0 …: what a function is called with, where it begins;\n"
  "                             y0 …: slots of the innermost frame; m1 …: the mailbox\n"
  "  frames(sorter) > 100       return addresses on its stack\n"
  "  mailbox(server) >= 100     messages waiting\n"
  "  reductions(loop) >= 4000   reductions so far\n"
  "  collections(loop) >= 3     garbage collections so far; minor(loop), major(loop)\n"
  "  copied(loop) >= 4000       words that these copied; reclaimed(loop): words of garbage\n"
  "  count(processes) > 10      processes alive; count(schedulers)\n"
  "  memory(binary) > 1000000   bytes of all binaries off the heaps, each counted once\n"
  "  time >= 2ms                the machine's clock: ns, us, ms or s, right behind\n"
  "  running(loop)              it is running; running(loop) on 2: on that scheduler\n"
  "  exited(worker)             it has ended\n"
  "  finished                   the program has ended\n"
  "\n"
  "What happens, since it was set going:\n"
  "  gc(major, sorter)          a collection ended: minor, major or any\n"
  "  line(bank.erl:42)          a process comes to that line\n"
  "  calls(lists:map/2)         a process enters that function\n"
  "  sent(client, server)       one sent the other a message; any: whoever\n"
  "  received(server)           a message came into its mailbox\n"
  "\n"
  "Numbers are compared as in Erlang, by == /= < =< > >=, and conditions are joined\n"
  "by and, or, not and parentheses. A process is named by its registered name, by\n"
  "the name that a lab gives it, or by its pid, <0.80.0>; names that are no plain\n"
  "words stand in 'quotes'.\n"
  "\n"
  "The answers of a lab's questions are the same numbers, with + - * / and\n"
  "parentheses: copy_size(sorter, x0) - size(sorter, x0).\n";

const char *
app_cli_help_get_text (const char *topic)
{
  static const struct
  {
    const char *topic;
    const char *text;
  } texts[] = {
    { "run", run },
    { "render", render },
    { "check", check },
    { "conditions", conditions },
  };

  if (topic == NULL)
    return overview;
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    if (strcmp (texts[i].topic, topic) == 0)
      return texts[i].text;
  return NULL;
}
