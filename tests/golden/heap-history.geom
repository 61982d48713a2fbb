plot  x 49.0 y 34.0 w 585.0 h 224.0
binaries  x 49.0 y 258.0 w 585.0 h 0.0
mailbox  x 49.0 y 258.0 w 585.0 h 0.0
point  x 65.2 zero 145.6 survived 145.6 used 142.7 low 142.7 stack 80.7 block 78.4 fragment 78.4 message 78.4 old 145.6 old-block 145.6 binary 258.0 binary-zero 258.0 mailbox 258.0 mailbox-zero 258.0
point  x 114.0 zero 145.6 survived 145.6 used 81.8 low 81.8 stack 80.7 block 78.4 fragment 78.4 message 78.4 old 145.6 old-block 145.6 binary 258.0 binary-zero 258.0 mailbox 258.0 mailbox-zero 258.0
point  x 116.6 zero 145.6 survived 145.6 used 81.8 low 81.8 stack 80.7 block 78.4 fragment 78.4 message 78.4 old 145.6 old-block 145.6 binary 258.0 binary-zero 258.0 mailbox 258.0 mailbox-zero 258.0
point  x 116.6 zero 145.6 survived 124.5 used 124.5 low 124.5 stack 80.7 block 78.4 fragment 78.4 message 78.4 old 145.6 old-block 145.6 binary 258.0 binary-zero 258.0 mailbox 258.0 mailbox-zero 258.0
point  x 154.6 zero 145.6 survived 124.5 used 113.5 low 113.5 stack 80.7 block 78.4 fragment 78.4 message 78.4 old 145.6 old-block 145.6 binary 258.0 binary-zero 258.0 mailbox 258.0 mailbox-zero 258.0
point  x 179.0 zero 145.6 survived 124.5 used 113.5 low 113.5 stack 80.7 block 78.4 fragment 78.4 message 78.4 old 145.6 old-block 145.6 binary 258.0 binary-zero 258.0 mailbox 258.0 mailbox-zero 258.0
point  x 179.0 zero 145.6 survived 124.5 used 113.5 low 113.5 stack 80.7 block 78.4 fragment 78.4 message 78.4 old 145.6 old-block 145.6 binary 258.0 binary-zero 258.0 mailbox 258.0 mailbox-zero 258.0
point  x 227.8 zero 145.6 survived 124.5 used 83.3 low 83.3 stack 82.1 block 78.4 fragment 78.4 message 78.4 old 145.6 old-block 145.6 binary 258.0 binary-zero 258.0 mailbox 258.0 mailbox-zero 258.0
point  x 230.4 zero 145.6 survived 124.5 used 83.3 low 83.3 stack 82.1 block 78.4 fragment 78.4 message 78.4 old 145.6 old-block 145.6 binary 258.0 binary-zero 258.0 mailbox 258.0 mailbox-zero 258.0
point  x 230.4 zero 145.6 survived 132.0 used 132.0 low 132.0 stack 82.1 block 78.4 fragment 78.4 message 78.4 old 166.6 old-block 233.8 binary 258.0 binary-zero 258.0 mailbox 258.0 mailbox-zero 258.0
point  x 268.4 zero 145.6 survived 132.0 used 119.6 low 119.6 stack 82.1 block 78.4 fragment 78.4 message 78.4 old 166.6 old-block 233.8 binary 258.0 binary-zero 258.0 mailbox 258.0 mailbox-zero 258.0
point  x 292.8 zero 145.6 survived 132.0 used 119.6 low 119.6 stack 82.1 block 78.4 fragment 78.4 message 78.4 old 166.6 old-block 233.8 binary 258.0 binary-zero 258.0 mailbox 258.0 mailbox-zero 258.0
point  x 292.8 zero 145.6 survived 132.0 used 119.6 low 119.6 stack 82.1 block 78.4 fragment 78.4 message 78.4 old 166.6 old-block 233.8 binary 258.0 binary-zero 258.0 mailbox 258.0 mailbox-zero 258.0
point  x 341.5 zero 145.6 survived 132.0 used 84.7 low 84.7 stack 83.6 block 78.4 fragment 52.4 message 52.4 old 166.6 old-block 233.8 binary 258.0 binary-zero 258.0 mailbox 258.0 mailbox-zero 258.0
point  x 344.2 zero 145.6 survived 132.0 used 84.7 low 84.7 stack 83.6 block 78.4 fragment 52.4 message 52.4 old 166.6 old-block 233.8 binary 258.0 binary-zero 258.0 mailbox 258.0 mailbox-zero 258.0
point  x 344.2 zero 145.6 survived 104.6 used 104.6 low 104.6 stack 43.5 block 38.3 fragment 38.3 message 38.3 old 145.6 old-block 145.6 binary 258.0 binary-zero 258.0 mailbox 258.0 mailbox-zero 258.0
point  x 382.1 zero 145.6 survived 104.6 used 89.3 low 89.3 stack 43.5 block 38.3 fragment 38.3 message 38.3 old 145.6 old-block 145.6 binary 258.0 binary-zero 258.0 mailbox 258.0 mailbox-zero 258.0
point  x 406.5 zero 145.6 survived 104.6 used 89.3 low 89.3 stack 43.5 block 38.3 fragment 38.3 message 38.3 old 145.6 old-block 145.6 binary 258.0 binary-zero 258.0 mailbox 258.0 mailbox-zero 258.0
point  x 406.5 zero 145.6 survived 104.6 used 89.3 low 89.3 stack 43.5 block 38.3 fragment 38.3 message 38.3 old 145.6 old-block 145.6 binary 258.0 binary-zero 258.0 mailbox 258.0 mailbox-zero 258.0
point  x 455.2 zero 145.6 survived 104.6 used 46.1 low 46.1 stack 44.9 block 38.3 fragment 38.3 message 38.3 old 145.6 old-block 145.6 binary 258.0 binary-zero 258.0 mailbox 258.0 mailbox-zero 258.0
point  x 458.0 zero 145.6 survived 104.6 used 46.1 low 46.1 stack 44.9 block 38.3 fragment 38.3 message 38.3 old 145.6 old-block 145.6 binary 258.0 binary-zero 258.0 mailbox 258.0 mailbox-zero 258.0
point  x 458.0 zero 145.6 survived 126.2 used 126.2 low 126.2 stack 44.9 block 38.3 fragment 38.3 message 38.3 old 186.5 old-block 253.7 binary 258.0 binary-zero 258.0 mailbox 258.0 mailbox-zero 258.0
point  x 495.9 zero 145.6 survived 126.2 used 106.0 low 106.0 stack 44.9 block 38.3 fragment 38.3 message 38.3 old 186.5 old-block 253.7 binary 258.0 binary-zero 258.0 mailbox 258.0 mailbox-zero 258.0
point  x 520.2 zero 145.6 survived 126.2 used 106.0 low 106.0 stack 44.9 block 38.3 fragment 38.3 message 38.3 old 186.5 old-block 253.7 binary 258.0 binary-zero 258.0 mailbox 258.0 mailbox-zero 258.0
point  x 520.2 zero 145.6 survived 126.2 used 106.0 low 106.0 stack 44.9 block 38.3 fragment 38.3 message 38.3 old 186.5 old-block 253.7 binary 258.0 binary-zero 258.0 mailbox 258.0 mailbox-zero 258.0
point  x 569.0 zero 145.6 survived 126.2 used 47.5 low 47.5 stack 46.4 block 38.3 fragment 38.3 message 38.3 old 186.5 old-block 253.7 binary 258.0 binary-zero 258.0 mailbox 258.0 mailbox-zero 258.0
point  x 571.8 zero 145.6 survived 126.2 used 47.5 low 47.5 stack 46.4 block 38.3 fragment 38.3 message 38.3 old 186.5 old-block 253.7 binary 258.0 binary-zero 258.0 mailbox 258.0 mailbox-zero 258.0
point  x 571.8 zero 145.6 survived 119.3 used 119.3 low 119.3 stack 46.4 block 38.3 fragment 38.3 message 38.3 old 205.8 old-block 253.7 binary 258.0 binary-zero 258.0 mailbox 258.0 mailbox-zero 258.0
point  x 609.6 zero 145.6 survived 119.3 used 101.1 low 101.1 stack 46.4 block 38.3 fragment 38.3 message 38.3 old 205.8 old-block 253.7 binary 258.0 binary-zero 258.0 mailbox 258.0 mailbox-zero 258.0
point  x 634.0 zero 145.6 survived 119.3 used 101.1 low 101.1 stack 46.4 block 38.3 fragment 38.3 message 38.3 old 205.8 old-block 253.7 binary 258.0 binary-zero 258.0 mailbox 258.0 mailbox-zero 258.0
mark  x 114.0 to 116.6 minor 1 major 0 reclaimed 148 spent 3221
mark  x 227.8 to 230.4 minor 1 major 0 reclaimed 96 spent 3216
mark  x 341.5 to 344.2 minor 0 major 1 reclaimed 142 spent 3284
mark  x 455.2 to 458.0 minor 1 major 0 reclaimed 136 spent 3345
mark  x 569.0 to 571.8 minor 1 major 0 reclaimed 182 spent 3482
label "−142 · 3.3 µs"  x 296 y 0 w 91
label "−148 · 3.2 µs"  x 68 y 0 w 91
label "−96 · 3.2 µs"  x 185 y 0 w 84
label "−136 · 3.3 µs"  x 409 y 0 w 91
label "−182 · 3.5 µs"  x 523 y 0 w 91
label "words"  x 8 y 14 w 35
label "young ↑"  x 55 y 37 w 49
label "old ↓"  x 55 y 241 w 35
tick "0 µs"  x 49 y 263 w 28
tick "100 µs"  x 109 y 263 w 42
tick "200 µs"  x 190 y 263 w 42
tick "300 µs"  x 271 y 263 w 42
tick "400 µs"  x 353 y 263 w 42
tick "500 µs"  x 434 y 263 w 42
tick "600 µs"  x 515 y 263 w 42
tick "700 µs"  x 592 y 263 w 42
words "300"  x 22 y 225 w 21
words "200"  x 22 y 196 w 21
words "100"  x 22 y 167 w 21
words "0"  x 36 y 138 w 7
words "100"  x 22 y 109 w 21
words "200"  x 22 y 80 w 21
words "300"  x 22 y 52 w 21
