role 2 words 152 part  x 11.0 y 29.0 w 107.5 h 22.0
role 1 words 225 part  x 118.5 y 29.0 w 159.1 h 22.0
role 3 words 192 part  x 277.6 y 29.0 w 135.8 h 22.0
role 4 words 41 part  x 413.4 y 29.0 w 29.0 h 22.0
role 5 words 430 part  x 11.0 y 94.0 w 304.1 h 22.0
role 3 words 557 part  x 315.1 y 94.0 w 393.9 h 22.0
role 6 words 64 part  x 11.0 y 143.0 w 45.3 h 22.0
role 7 words 12000 part  x 11.0 y 212.0 w 180.4 h 12.0
high water  x 118.5
label "Young heap and stack"  x 10 y 10 w 140
label "418 of 610 words used · 4.8 KiB"  x 493 y 11 w 217
label "survived 152"  x 22 y 33 w 84
label "fresh 225"  x 166 y 33 w 63
label "free 192"  x 317 y 33 w 56
label "41"  x 420 y 33 w 14
label "high-water mark at 152"  x 126 y 52 w 154
label "Old heap"  x 10 y 75 w 56
label "430 of 987 words used · 7.7 KiB"  x 493 y 76 w 217
label "old 430"  x 138 y 98 w 49
label "free 557"  x 484 y 98 w 56
label "Fragments"  x 10 y 124 w 63
label "64 words"  x 654 y 125 w 56
label "64"  x 26 y 147 w 14
label "Binaries"  x 10 y 193 w 56
label "own scale · 12 000 of 46 422 virtual words · 256 KiB off heap"  x 283 y 194 w 427
tick "0"  x 10 y 174 w 7
tick "100"  x 71 y 174 w 21
tick "200"  x 141 y 174 w 21
tick "300"  x 212 y 174 w 21
tick "400"  x 283 y 174 w 21
tick "500"  x 354 y 174 w 21
tick "600"  x 424 y 174 w 21
tick "700"  x 495 y 174 w 21
tick "800"  x 566 y 174 w 21
tick "900"  x 636 y 174 w 21
legend "survived a collection 152"  x 28 y 232 w 175
legend "fresh 225"  x 239 y 232 w 63
legend "free 192"  x 338 y 232 w 56
legend "stack 41"  x 430 y 232 w 56
legend "old 430"  x 522 y 232 w 49
legend "fragments 64"  x 607 y 232 w 84
legend "binaries 12 000"  x 28 y 251 w 105
