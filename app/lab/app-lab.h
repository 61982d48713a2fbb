/* SPDX-License-Identifier: Apache-2.0 */
#pragma once

/* A lab, as read from its folder: see labs/README.md for how one is written.
 *
 * An AppLab is built once by app_lab_load() and not changed afterwards; all it
 * points to belongs to it. Texts named `markup` are Pango markup. */

#include "app/lab/app-lab-problems.h"
#include "app/lab/app-lab-value.h"
#include "engine/vm.h"

G_BEGIN_DECLS

typedef struct _AppLabBlock AppLabBlock;
typedef struct _AppLabStep  AppLabStep;

typedef enum
{
  APP_LAB_TOPIC_PROCESSES,     /* thinking in processes */
  APP_LAB_TOPIC_TERMS,         /* data types and messaging */
  APP_LAB_TOPIC_MEMORY,        /* memory and garbage collection */
  APP_LAB_TOPIC_SCHEDULING,    /* scheduling and concurrency */
  APP_LAB_TOPIC_OBSERVABILITY, /* debugging and observability */
  APP_LAB_TOPIC_PATTERNS,      /* patterns and anti-patterns */
  APP_LAB_N_TOPICS
} AppLabTopic;

typedef enum
{
  APP_LAB_LEVEL_FIRST,
  APP_LAB_LEVEL_NEXT,
  APP_LAB_LEVEL_DEEP,
  APP_LAB_N_LEVELS
} AppLabLevel;

typedef enum
{
  APP_LAB_BLOCK_HEADING,   /* markup, level */
  APP_LAB_BLOCK_PARAGRAPH, /* markup */
  APP_LAB_BLOCK_CODE,      /* text, info: the language or NULL */
  APP_LAB_BLOCK_LIST,      /* children: items; is_ordered, start */
  APP_LAB_BLOCK_ITEM,      /* children */
  APP_LAB_BLOCK_QUOTE,     /* children */
  APP_LAB_BLOCK_IMAGE,     /* text: path of the file; info: what it shows */
  APP_LAB_BLOCK_RULE,
  APP_LAB_BLOCK_STEP, /* step */
} AppLabBlockKind;

struct _AppLabBlock
{
  AppLabBlockKind kind;
  guint           line; /* in lab.md */
  guint           level;
  gboolean        is_ordered;
  guint           start;
  char           *markup;
  char           *text;
  char           *info;
  GPtrArray      *children; /* of AppLabBlock */
  AppLabStep     *step;
};

typedef enum
{
  APP_LAB_RUN_UNTIL,
  APP_LAB_STEP_BY,
  APP_LAB_PREDICT,
  APP_LAB_TUNE,
  APP_LAB_OBSERVE,
  APP_LAB_CHECK,
  APP_LAB_HINT,
  APP_LAB_RESTART,
  APP_LAB_TRY_GOAL,
} AppLabControlKind;

typedef enum
{
  APP_LAB_KNOB_MIN_HEAP_WORDS,
  APP_LAB_KNOB_FULLSWEEP_AFTER,
  APP_LAB_KNOB_MIN_BIN_VHEAP_WORDS,
  APP_LAB_KNOB_SCHEDULERS,
  APP_LAB_KNOB_ARG, /* a whole number in place of one of the entry's arguments */
} AppLabKnob;

typedef enum
{
  APP_LAB_VIEW_VILLAGE,
  APP_LAB_VIEW_HEAP,
  APP_LAB_VIEW_SCHEDULERS,
  APP_LAB_VIEW_MAILBOX,
  APP_LAB_VIEW_SOURCE,
  APP_LAB_VIEW_CONSOLE,
  APP_LAB_VIEW_COLLECTION,
  APP_LAB_VIEW_BINARIES,
} AppLabView;

/* One of several answers to choose from. */
typedef struct
{
  char *markup;
  VmCondition
        *condition; /* (nullable): right if this holds; else, if equal to the predict's answer: */
  gint64 number;
} AppLabChoice;

/* One control of a step; which fields are set follows from the kind. */
typedef struct
{
  AppLabControlKind kind;
  guint             line;
  char             *source;    /* run_until, check, predict: the condition or value as written */
  VmCondition      *condition; /* run_until (NULL: to the program's end), check */
  char             *markup;    /* check, hint: the text; predict: the question */
  char             *process;   /* step (nullable: any), observe (nullable) */
  VmStepUnit        unit;      /* step */
  guint             count;     /* step */
  AppLabValue      *answer;    /* predict: (nullable) with choices that have conditions */
  char             *unit_name; /* predict (nullable): "words" */
  GPtrArray        *choices;   /* predict (nullable): of AppLabChoice */
  char             *explain;   /* predict (nullable): markup, shown with the answer */
  AppLabKnob        knob;      /* tune */
  guint             arg;       /* tune: which argument, from 1 */
  gint64            low, high; /* tune: range */
  gint64            initial;   /* tune: default */
  gint64            proposed;  /* tune: what the text asks for; what the headless player sets */
  char             *label;     /* tune */
  AppLabView        view;      /* observe */
  char             *term;      /* observe (nullable): "x0", "y1", "m2"; `answer` is its size */
} AppLabControl;

struct _AppLabStep
{
  char      *id;
  guint      line;
  guint      index;    /* from 0, over the whole lab */
  GPtrArray *controls; /* of AppLabControl */
};

/* The blocks from one second-level heading to the next: a page. */
typedef struct
{
  char      *title;  /* plain text */
  GPtrArray *blocks; /* of AppLabBlock */
} AppLabSection;

typedef struct
{
  char *name;
  char *rule; /* for vm_machine_name_process() */
} AppLabName;

/* What a run must come to; a NULL field asks nothing. */
typedef struct
{
  char        *reach_text;
  VmCondition *reach; /* becomes true at some moment */
  char        *never_text;
  VmCondition *never;  /* does not */
  char        *result; /* the entry's result as ~w prints it */
  char        *output; /* the whole console output */
} AppLabGoal;

typedef struct
{
  char       *path; /* the folder, absolute */
  char       *id;
  char       *title;
  char       *summary;
  AppLabTopic topic;
  AppLabLevel level;
  guint       minutes;
  guint       order;    /* in the gallery */
  char       *credits;  /* (nullable) markup */
  GStrv       files;    /* the program, relative to the folder */
  GStrv       solution; /* (nullable): files that replace those of the same name */
  char       *claims;   /* (nullable): an escript that proves the lab's numbers on erl */
  char       *module;   /* the entry */
  char       *function;
  GStrv       args;            /* Erlang terms */
  VmOptions   options;         /* code_path and output_fd are for the one who runs it */
  guint       timeout_seconds; /* of the wall: the headless player gives up then */
  GPtrArray  *names;           /* of AppLabName */
  AppLabGoal  goal;
  GPtrArray  *sections; /* of AppLabSection */
  GPtrArray  *steps;    /* of AppLabStep (transfer none), in order */
} AppLab;

/**
 * app_lab_load:
 * @path: a lab's folder
 * @problems: every mistake is put down here
 *
 * Reads the lab in @path.
 *
 * Returns: (transfer full) (nullable): NULL when @problems got any
 */
AppLab *app_lab_load (const char *path, AppLabProblems *problems);
void    app_lab_free (AppLab *lab);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AppLab, app_lab_free)

/* Words for people and for the files: "memory", "first" … (transfer none) */
const char *app_lab_topic_get_name (AppLabTopic topic);
const char *app_lab_level_get_name (AppLabLevel level);
const char *app_lab_view_get_name (AppLabView view);
const char *app_lab_knob_get_name (AppLabKnob knob);

/* (transfer none) (nullable) */
AppLabStep *app_lab_find_step (const AppLab *lab, const char *id);

G_END_DECLS
