--- 0 px a word
lane 0  told 1 cells 0 water 175.5
block  x 1.0 y 46.0 w 665.3 h 66.0
body  x 1.0 y 63.0 w 698.0 h 49.0
window  x 0.0 y 0.0 w 0.0 h 0.0
lane 1  told 1 cells 0 water -1.0
block  x 1.0 y 161.0 w 414.4 h 50.0
body  x 1.0 y 178.0 w 698.0 h 33.0
window  x 0.0 y 0.0 w 0.0 h 0.0
lane 2  told 1 cells 0 water -1.0
block  x 1.0 y 260.0 w 43.6 h 50.0
body  x 1.0 y 277.0 w 698.0 h 33.0
window  x 0.0 y 0.0 w 0.0 h 0.0
role 2 words 16 band  x 1.0 y 46.0 w 174.5 h 17.0
role 1 words 15 band  x 175.5 y 46.0 w 163.6 h 17.0
role 3 words 25 band  x 339.1 y 46.0 w 272.7 h 17.0
role 4 words 5 band  x 611.8 y 46.0 w 54.5 h 17.0
role 5 words 18 band  x 1.0 y 161.0 w 196.3 h 17.0
role 3 words 20 band  x 197.3 y 161.0 w 218.1 h 17.0
role 6 words 4 band  x 1.0 y 260.0 w 43.6 h 17.0
kind 4 column  x 1.0 y 63.0 w 43.6 h 49.0
kind 3 column  x 44.6 y 63.0 w 130.9 h 49.0
kind 8 column  x 175.5 y 63.0 w 21.8 h 49.0
kind 12 column  x 197.3 y 63.0 w 65.4 h 49.0
kind 4 column  x 262.8 y 63.0 w 43.6 h 49.0
kind 9 column  x 306.4 y 63.0 w 32.7 h 49.0
kind 2 column  x 611.8 y 63.0 w 54.5 h 49.0
kind 3 column  x 1.0 y 178.0 w 196.3 h 33.0
kind 4 column  x 1.0 y 277.0 w 43.6 h 33.0
chip  x 71.0 y 0.0 w 187.5 h 20.0
chip  x 313.5 y 0.0 w 187.5 h 20.0
chip  x 505.0 y 0.0 w 89.5 h 20.0
arrow  549.8,20.0 to 50.1,63.0
label "Registers"  x 0 y 3 w 63
label "x0  {ok,[100,…],<0.80.0>}"  x 77 y 3 w 175
label "Stack"  x 270 y 3 w 35
label "y0  {ok,[100,…],<0.80.0>}"  x 319 y 3 w 175
label "y1  [100,…]"  x 511 y 3 w 77
label "+1"  x 602 y 3 w 14
label "Young heap and stack"  x 0 y 28 w 140
label "36 of 61 words used · 488 B"  x 511 y 29 w 189
label "survived 16"  x 49 y 47 w 77
label "fresh 15"  x 229 y 47 w 56
label "free 25"  x 450 y 47 w 49
label "5"  x 635 y 47 w 7
label "Old heap"  x 0 y 143 w 56
label "18 of 38 words used · 304 B"  x 511 y 144 w 189
label "old 18"  x 78 y 162 w 42
label "free 20"  x 281 y 162 w 49
label "Fragments and messages"  x 0 y 242 w 154
label "4 words · 32 B"  x 602 y 243 w 98
label "4"  x 19 y 261 w 7
label "stack frame"  x 15 y 341 w 77
label "list cell"  x 121 y 341 w 63
label "tuple"  x 213 y 341 w 35
label "float"  x 277 y 341 w 35
label "big integer"  x 341 y 341 w 77
label "ProcBin"  x 447 y 341 w 49
label "▾ high-water mark at 16"  x 510 y 341 w 161
--- 10 px a word
lane 0  told 1 cells 1 water 161.0
block  x 1.0 y 46.0 w 610.0 h 66.0
body  x 1.0 y 63.0 w 698.0 h 49.0
window  x 0.0 y 0.0 w 0.0 h 0.0
lane 1  told 1 cells 1 water -1.0
block  x 1.0 y 161.0 w 380.0 h 50.0
body  x 1.0 y 178.0 w 698.0 h 33.0
window  x 0.0 y 0.0 w 0.0 h 0.0
lane 2  told 1 cells 1 water -1.0
block  x 1.0 y 260.0 w 40.0 h 50.0
body  x 1.0 y 277.0 w 698.0 h 33.0
window  x 0.0 y 0.0 w 0.0 h 0.0
role 2 words 16 band  x 1.0 y 46.0 w 160.0 h 17.0
role 1 words 15 band  x 161.0 y 46.0 w 150.0 h 17.0
role 3 words 25 band  x 311.0 y 46.0 w 250.0 h 17.0
role 4 words 5 band  x 561.0 y 46.0 w 50.0 h 17.0
role 5 words 18 band  x 1.0 y 161.0 w 180.0 h 17.0
role 3 words 20 band  x 181.0 y 161.0 w 200.0 h 17.0
role 6 words 4 band  x 1.0 y 260.0 w 40.0 h 17.0
word 0 kind 4 first cell  x 1.0 y 63.0 w 10.0 h 49.0
word 1 kind 4 cell  x 11.0 y 63.0 w 10.0 h 49.0
word 2 kind 4 cell  x 21.0 y 63.0 w 10.0 h 49.0
word 3 kind 4 last cell  x 31.0 y 63.0 w 10.0 h 49.0
word 4 kind 3 first cell  x 41.0 y 63.0 w 10.0 h 49.0
word 5 kind 3 last cell  x 51.0 y 63.0 w 10.0 h 49.0
word 6 kind 3 first cell  x 61.0 y 63.0 w 10.0 h 49.0
word 7 kind 3 last cell  x 71.0 y 63.0 w 10.0 h 49.0
word 8 kind 3 first cell  x 81.0 y 63.0 w 10.0 h 49.0
word 9 kind 3 last cell  x 91.0 y 63.0 w 10.0 h 49.0
word 10 kind 3 first cell  x 101.0 y 63.0 w 10.0 h 49.0
word 11 kind 3 last cell  x 111.0 y 63.0 w 10.0 h 49.0
word 12 kind 3 first cell  x 121.0 y 63.0 w 10.0 h 49.0
word 13 kind 3 last cell  x 131.0 y 63.0 w 10.0 h 49.0
word 14 kind 3 first cell  x 141.0 y 63.0 w 10.0 h 49.0
word 15 kind 3 last cell  x 151.0 y 63.0 w 10.0 h 49.0
word 16 kind 8 first cell  x 161.0 y 63.0 w 10.0 h 49.0
word 17 kind 8 last cell  x 171.0 y 63.0 w 10.0 h 49.0
word 18 kind 12 first cell  x 181.0 y 63.0 w 10.0 h 49.0
word 19 kind 12 cell  x 191.0 y 63.0 w 10.0 h 49.0
word 20 kind 12 cell  x 201.0 y 63.0 w 10.0 h 49.0
word 21 kind 12 cell  x 211.0 y 63.0 w 10.0 h 49.0
word 22 kind 12 cell  x 221.0 y 63.0 w 10.0 h 49.0
word 23 kind 12 last cell  x 231.0 y 63.0 w 10.0 h 49.0
word 24 kind 4 first cell  x 241.0 y 63.0 w 10.0 h 49.0
word 25 kind 4 cell  x 251.0 y 63.0 w 10.0 h 49.0
word 26 kind 4 cell  x 261.0 y 63.0 w 10.0 h 49.0
word 27 kind 4 last cell  x 271.0 y 63.0 w 10.0 h 49.0
word 28 kind 9 first cell  x 281.0 y 63.0 w 10.0 h 49.0
word 29 kind 9 cell  x 291.0 y 63.0 w 10.0 h 49.0
word 30 kind 9 last cell  x 301.0 y 63.0 w 10.0 h 49.0
word 56 kind 2 first cell  x 561.0 y 63.0 w 10.0 h 49.0
word 57 kind 2 cell  x 571.0 y 63.0 w 10.0 h 49.0
word 58 kind 2 last cell  x 581.0 y 63.0 w 10.0 h 49.0
word 59 kind 2 first cell  x 591.0 y 63.0 w 10.0 h 49.0
word 60 kind 2 last cell  x 601.0 y 63.0 w 10.0 h 49.0
word 0 kind 3 first cell  x 1.0 y 178.0 w 10.0 h 33.0
word 1 kind 3 last cell  x 11.0 y 178.0 w 10.0 h 33.0
word 2 kind 3 first cell  x 21.0 y 178.0 w 10.0 h 33.0
word 3 kind 3 last cell  x 31.0 y 178.0 w 10.0 h 33.0
word 4 kind 3 first cell  x 41.0 y 178.0 w 10.0 h 33.0
word 5 kind 3 last cell  x 51.0 y 178.0 w 10.0 h 33.0
word 6 kind 3 first cell  x 61.0 y 178.0 w 10.0 h 33.0
word 7 kind 3 last cell  x 71.0 y 178.0 w 10.0 h 33.0
word 8 kind 3 first cell  x 81.0 y 178.0 w 10.0 h 33.0
word 9 kind 3 last cell  x 91.0 y 178.0 w 10.0 h 33.0
word 10 kind 3 first cell  x 101.0 y 178.0 w 10.0 h 33.0
word 11 kind 3 last cell  x 111.0 y 178.0 w 10.0 h 33.0
word 12 kind 3 first cell  x 121.0 y 178.0 w 10.0 h 33.0
word 13 kind 3 last cell  x 131.0 y 178.0 w 10.0 h 33.0
word 14 kind 3 first cell  x 141.0 y 178.0 w 10.0 h 33.0
word 15 kind 3 last cell  x 151.0 y 178.0 w 10.0 h 33.0
word 16 kind 3 first cell  x 161.0 y 178.0 w 10.0 h 33.0
word 17 kind 3 last cell  x 171.0 y 178.0 w 10.0 h 33.0
word 0 kind 4 first cell  x 1.0 y 277.0 w 10.0 h 33.0
word 1 kind 4 cell  x 11.0 y 277.0 w 10.0 h 33.0
word 2 kind 4 cell  x 21.0 y 277.0 w 10.0 h 33.0
word 3 kind 4 last cell  x 31.0 y 277.0 w 10.0 h 33.0
chip  x 71.0 y 0.0 w 187.5 h 20.0
chip  x 313.5 y 0.0 w 187.5 h 20.0
chip  x 505.0 y 0.0 w 89.5 h 20.0
arrow  56.0,112.0 to 66.0,112.0 main
arrow  266.0,112.0 to 46.0,112.0
arrow  576.0,112.0 to 46.0,112.0
arrow  549.8,20.0 to 46.0,63.0
label "Registers"  x 0 y 3 w 63
label "x0  {ok,[100,…],<0.80.0>}"  x 77 y 3 w 175
label "Stack"  x 270 y 3 w 35
label "y0  {ok,[100,…],<0.80.0>}"  x 319 y 3 w 175
label "y1  [100,…]"  x 511 y 3 w 77
label "+1"  x 602 y 3 w 14
label "Young heap and stack"  x 0 y 28 w 140
label "36 of 61 words used · 488 B"  x 511 y 29 w 189
label "survived 16"  x 42 y 47 w 77
label "fresh 15"  x 208 y 47 w 56
label "free 25"  x 411 y 47 w 49
label "5"  x 582 y 47 w 7
label "Old heap"  x 0 y 143 w 56
label "18 of 38 words used · 304 B"  x 511 y 144 w 189
label "old 18"  x 70 y 162 w 42
label "free 20"  x 256 y 162 w 49
label "Fragments and messages"  x 0 y 242 w 154
label "4 words · 32 B"  x 602 y 243 w 98
label "4"  x 17 y 261 w 7
label "stack frame"  x 15 y 341 w 77
label "list cell"  x 121 y 341 w 63
label "tuple"  x 213 y 341 w 35
label "float"  x 277 y 341 w 35
label "big integer"  x 341 y 341 w 77
label "ProcBin"  x 447 y 341 w 49
label "▾ high-water mark at 16"  x 510 y 341 w 161
--- 60 px a word
lane 0  told 1 cells 1 water -1.0
block  x 1.0 y 46.0 w 698.0 h 66.0
body  x 1.0 y 63.0 w 698.0 h 49.0
window  x 1.0 y 130.0 w 133.1 h 5.0
lane 1  told 1 cells 1 water -1.0
block  x 1.0 y 161.0 w 698.0 h 50.0
body  x 1.0 y 178.0 w 698.0 h 33.0
window  x 1.0 y 229.0 w 213.7 h 5.0
lane 2  told 1 cells 1 water -1.0
block  x 1.0 y 260.0 w 240.0 h 50.0
body  x 1.0 y 277.0 w 698.0 h 33.0
window  x 0.0 y 0.0 w 0.0 h 0.0
role 2 words 16 band  x 1.0 y 46.0 w 698.0 h 17.0
role 5 words 18 band  x 1.0 y 161.0 w 698.0 h 17.0
role 6 words 4 band  x 1.0 y 260.0 w 240.0 h 17.0
word 0 kind 4 first cell  x 1.0 y 78.0 w 60.0 h 34.0
word 1 kind 4 cell  x 61.0 y 78.0 w 60.0 h 34.0
word 2 kind 4 cell  x 121.0 y 78.0 w 60.0 h 34.0
word 3 kind 4 last cell  x 181.0 y 78.0 w 60.0 h 34.0
word 4 kind 3 first cell  x 241.0 y 78.0 w 60.0 h 34.0
word 5 kind 3 last cell  x 301.0 y 78.0 w 60.0 h 34.0
word 6 kind 3 first cell  x 361.0 y 78.0 w 60.0 h 34.0
word 7 kind 3 last cell  x 421.0 y 78.0 w 60.0 h 34.0
word 8 kind 3 first cell  x 481.0 y 78.0 w 60.0 h 34.0
word 9 kind 3 last cell  x 541.0 y 78.0 w 60.0 h 34.0
word 10 kind 3 first cell  x 601.0 y 78.0 w 60.0 h 34.0
word 11 kind 3 last cell  x 661.0 y 78.0 w 38.0 h 34.0
word 0 kind 3 first cell  x 1.0 y 193.0 w 60.0 h 18.0
word 1 kind 3 last cell  x 61.0 y 193.0 w 60.0 h 18.0
word 2 kind 3 first cell  x 121.0 y 193.0 w 60.0 h 18.0
word 3 kind 3 last cell  x 181.0 y 193.0 w 60.0 h 18.0
word 4 kind 3 first cell  x 241.0 y 193.0 w 60.0 h 18.0
word 5 kind 3 last cell  x 301.0 y 193.0 w 60.0 h 18.0
word 6 kind 3 first cell  x 361.0 y 193.0 w 60.0 h 18.0
word 7 kind 3 last cell  x 421.0 y 193.0 w 60.0 h 18.0
word 8 kind 3 first cell  x 481.0 y 193.0 w 60.0 h 18.0
word 9 kind 3 last cell  x 541.0 y 193.0 w 60.0 h 18.0
word 10 kind 3 first cell  x 601.0 y 193.0 w 60.0 h 18.0
word 11 kind 3 last cell  x 661.0 y 193.0 w 38.0 h 18.0
word 0 kind 4 first cell  x 1.0 y 292.0 w 60.0 h 18.0
word 1 kind 4 cell  x 61.0 y 292.0 w 60.0 h 18.0
word 2 kind 4 cell  x 121.0 y 292.0 w 60.0 h 18.0
word 3 kind 4 last cell  x 181.0 y 292.0 w 60.0 h 18.0
bracket  x 1.0 y 63.0 w 240.0 h 15.0
bracket  x 241.0 y 63.0 w 120.0 h 15.0
bracket  x 361.0 y 63.0 w 120.0 h 15.0
bracket  x 481.0 y 63.0 w 120.0 h 15.0
bracket  x 601.0 y 63.0 w 98.0 h 15.0
bracket  x 1.0 y 178.0 w 120.0 h 15.0
bracket  x 121.0 y 178.0 w 120.0 h 15.0
bracket  x 241.0 y 178.0 w 120.0 h 15.0
bracket  x 361.0 y 178.0 w 120.0 h 15.0
bracket  x 481.0 y 178.0 w 120.0 h 15.0
bracket  x 601.0 y 178.0 w 98.0 h 15.0
bracket  x 1.0 y 277.0 w 240.0 h 15.0
chip  x 71.0 y 0.0 w 187.5 h 20.0
chip  x 313.5 y 0.0 w 187.5 h 20.0
chip  x 505.0 y 0.0 w 89.5 h 20.0
arrow  331.0,112.0 to 373.0,112.0 main
arrow  549.8,20.0 to 253.0,63.0
label "Registers"  x 0 y 3 w 63
label "x0  {ok,[100,…],<0.80.0>}"  x 77 y 3 w 175
label "Stack"  x 270 y 3 w 35
label "y0  {ok,[100,…],<0.80.0>}"  x 319 y 3 w 175
label "y1  [100,…]"  x 511 y 3 w 77
label "+1"  x 602 y 3 w 14
label "Young heap and stack"  x 0 y 28 w 140
label "words 0 to 11 in sight · 36 of 61 used"  x 434 y 29 w 266
label "survived 16"  x 311 y 47 w 77
label "{ok,…} tuple of 3"  x 6 y 62 w 119
label "list cell"  x 246 y 62 w 63
label "list cell"  x 366 y 62 w 63
label "list cell"  x 486 y 62 w 63
label "list cell"  x 606 y 62 w 63
label "Old heap"  x 0 y 143 w 56
label "words 0 to 11 in sight · 18 of 38 used"  x 434 y 144 w 266
label "old 18"  x 329 y 162 w 42
label "list cell"  x 6 y 177 w 63
label "list cell"  x 126 y 177 w 63
label "list cell"  x 246 y 177 w 63
label "list cell"  x 366 y 177 w 63
label "list cell"  x 486 y 177 w 63
label "list cell"  x 606 y 177 w 63
label "Fragments and messages"  x 0 y 242 w 154
label "4 words · 32 B"  x 602 y 243 w 98
label "message 1: 4"  x 79 y 261 w 84
label "{ok,…} tuple of 3"  x 6 y 276 w 119
label "list cell"  x 15 y 341 w 63
label "tuple"  x 107 y 341 w 35
label "▾ high-water mark at 16"  x 156 y 341 w 161
cell label "header"  x 10 y 80 w 42
cell label "{ok,…}…"  x 6 y 94 w 49
cell label "atom"  x 77 y 80 w 28
cell label "ok"  x 84 y 94 w 14
cell label "list →"  x 130 y 80 w 42
cell label "[100,…]"  x 126 y 94 w 49
cell label "pid"  x 200 y 80 w 21
cell label "<0.80.…"  x 186 y 94 w 49
cell label "small"  x 253 y 80 w 35
cell label "100"  x 260 y 94 w 21
cell label "list →"  x 310 y 80 w 42
cell label "[101,…]"  x 306 y 94 w 49
cell label "small"  x 373 y 80 w 35
cell label "101"  x 380 y 94 w 21
cell label "list →"  x 430 y 80 w 42
cell label "[102,…]"  x 426 y 94 w 49
cell label "small"  x 493 y 80 w 35
cell label "102"  x 500 y 94 w 21
cell label "list →"  x 550 y 80 w 42
cell label "[103,…]"  x 546 y 94 w 49
cell label "small"  x 613 y 80 w 35
cell label "103"  x 620 y 94 w 21
cell label "lis…"  x 666 y 80 w 28
cell label "[10…"  x 666 y 94 w 28
cell label "100"  x 20 y 194 w 21
cell label "[101,…]"  x 66 y 194 w 49
cell label "101"  x 140 y 194 w 21
cell label "[102,…]"  x 186 y 194 w 49
cell label "102"  x 260 y 194 w 21
cell label "[103,…]"  x 306 y 194 w 49
cell label "103"  x 380 y 194 w 21
cell label "[104,…]"  x 426 y 194 w 49
cell label "104"  x 500 y 194 w 21
cell label "[105,…]"  x 546 y 194 w 49
cell label "105"  x 620 y 194 w 21
cell label "[10…"  x 666 y 194 w 28
cell label "{ok,…}…"  x 6 y 293 w 49
cell label "ok"  x 84 y 293 w 14
cell label "[100,…]"  x 126 y 293 w 49
cell label "<0.80.…"  x 186 y 293 w 49
