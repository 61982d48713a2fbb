plot  x 49.0 y 34.0 w 585.0 h 274.0
binaries  x 49.0 y 308.0 w 585.0 h 0.0
mailbox  x 49.0 y 330.0 w 585.0 h 28.0
point  x 65.2 zero 308.0 survived 308.0 used 305.7 low 305.7 stack 303.8 block 254.2 fragment 303.8 message 303.8 old 308.0 old-block 254.2 binary 254.2 binary-zero 0.0 mailbox 358.0 mailbox-zero 358.0
point  x 114.0 zero 308.0 survived 308.0 used 256.9 low 256.9 stack 255.1 block 247.9 fragment 255.1 message 248.8 old 308.0 old-block 247.9 binary 247.9 binary-zero 0.0 mailbox 350.4 mailbox-zero 358.0
point  x 116.6 zero 308.0 survived 308.0 used 256.9 low 256.9 stack 255.1 block 247.9 fragment 255.1 message 248.8 old 308.0 old-block 247.9 binary 247.9 binary-zero 0.0 mailbox 350.4 mailbox-zero 358.0
point  x 116.6 zero 308.0 survived 291.1 used 291.1 low 291.1 stack 289.3 block 241.7 fragment 289.3 message 276.8 old 308.0 old-block 241.7 binary 241.7 binary-zero 0.0 mailbox 342.7 mailbox-zero 358.0
point  x 154.6 zero 308.0 survived 291.1 used 282.3 low 282.3 stack 280.5 block 235.4 fragment 280.5 message 261.8 old 308.0 old-block 235.4 binary 235.4 binary-zero 0.0 mailbox 335.1 mailbox-zero 358.0
point  x 179.0 zero 308.0 survived 291.1 used 282.3 low 282.3 stack 280.5 block 235.4 fragment 280.5 message 261.8 old 308.0 old-block 235.4 binary 235.4 binary-zero 0.0 mailbox 335.1 mailbox-zero 358.0
point  x 179.0 zero 308.0 survived 291.1 used 282.3 low 282.3 stack 280.5 block 252.1 fragment 280.5 message 278.4 old 308.0 old-block 252.1 binary 182.7 binary-zero 0.0 mailbox 355.5 mailbox-zero 358.0
point  x 227.8 zero 308.0 survived 291.1 used 258.1 low 258.1 stack 255.1 block 245.8 fragment 255.1 message 246.8 old 308.0 old-block 245.8 binary 159.2 binary-zero 0.0 mailbox 347.8 mailbox-zero 358.0
point  x 230.4 zero 308.0 survived 291.1 used 258.1 low 258.1 stack 255.1 block 245.8 fragment 255.1 message 246.8 old 308.0 old-block 245.8 binary 159.2 binary-zero 0.0 mailbox 347.8 mailbox-zero 358.0
point  x 230.4 zero 308.0 survived 280.3 used 280.3 low 280.3 stack 277.3 block 168.9 fragment 277.3 message 262.7 old 291.1 old-block 168.9 binary 64.9 binary-zero 0.0 mailbox 340.2 mailbox-zero 358.0
point  x 268.4 zero 308.0 survived 280.3 used 270.3 low 270.3 stack 267.3 block 162.6 fragment 267.3 message 246.5 old 291.1 old-block 162.6 binary 162.6 binary-zero 0.0 mailbox 332.5 mailbox-zero 358.0
point  x 292.8 zero 308.0 survived 280.3 used 270.3 low 270.3 stack 267.3 block 162.6 fragment 267.3 message 246.5 old 291.1 old-block 162.6 binary 162.6 binary-zero 0.0 mailbox 332.5 mailbox-zero 358.0
point  x 292.8 zero 308.0 survived 280.3 used 270.3 low 270.3 stack 267.3 block 179.3 fragment 267.3 message 263.2 old 291.1 old-block 179.3 binary 161.9 binary-zero 0.0 mailbox 352.9 mailbox-zero 358.0
point  x 341.5 zero 308.0 survived 280.3 used 242.4 low 242.4 stack 238.2 block 152.2 fragment 217.4 message 207.0 old 291.1 old-block 152.2 binary 117.6 binary-zero 0.0 mailbox 345.3 mailbox-zero 358.0
point  x 344.2 zero 308.0 survived 280.3 used 242.4 low 242.4 stack 238.2 block 152.2 fragment 217.4 message 207.0 old 291.1 old-block 152.2 binary 117.6 binary-zero 0.0 mailbox 345.3 mailbox-zero 358.0
point  x 344.2 zero 308.0 survived 275.2 used 275.2 low 275.2 stack 271.0 block 205.4 fragment 271.0 message 254.4 old 308.0 old-block 205.4 binary 153.4 binary-zero 0.0 mailbox 337.6 mailbox-zero 358.0
point  x 382.1 zero 308.0 survived 275.2 used 262.9 low 262.9 stack 258.8 block 222.0 fragment 258.8 message 258.8 old 308.0 old-block 222.0 binary 152.7 binary-zero 0.0 mailbox 358.0 mailbox-zero 358.0
point  x 406.5 zero 308.0 survived 275.2 used 262.9 low 262.9 stack 258.8 block 222.0 fragment 258.8 message 258.8 old 308.0 old-block 222.0 binary 152.7 binary-zero 0.0 mailbox 358.0 mailbox-zero 358.0
point  x 406.5 zero 308.0 survived 275.2 used 262.9 low 262.9 stack 258.8 block 215.8 fragment 258.8 message 252.5 old 308.0 old-block 215.8 binary 129.1 binary-zero 0.0 mailbox 350.4 mailbox-zero 358.0
point  x 455.2 zero 308.0 survived 275.2 used 228.3 low 228.3 stack 223.0 block 209.5 fragment 223.0 message 210.5 old 308.0 old-block 209.5 binary 105.6 binary-zero 0.0 mailbox 342.7 mailbox-zero 358.0
point  x 458.0 zero 308.0 survived 275.2 used 228.3 low 228.3 stack 223.0 block 209.5 fragment 223.0 message 210.5 old 308.0 old-block 209.5 binary 105.6 binary-zero 0.0 mailbox 342.7 mailbox-zero 358.0
point  x 458.0 zero 308.0 survived 259.7 used 259.7 low 259.7 stack 254.4 block 116.6 fragment 254.4 message 235.7 old 275.2 old-block 116.6 binary 116.6 binary-zero 0.0 mailbox 335.1 mailbox-zero 358.0
point  x 495.9 zero 308.0 survived 259.7 used 243.5 low 243.5 stack 238.2 block 133.3 fragment 238.2 message 236.1 old 275.2 old-block 133.3 binary 116.0 binary-zero 0.0 mailbox 355.5 mailbox-zero 358.0
point  x 520.2 zero 308.0 survived 259.7 used 243.5 low 243.5 stack 238.2 block 133.3 fragment 238.2 message 236.1 old 275.2 old-block 133.3 binary 116.0 binary-zero 0.0 mailbox 355.5 mailbox-zero 358.0
point  x 520.2 zero 308.0 survived 259.7 used 243.5 low 243.5 stack 238.2 block 127.0 fragment 238.2 message 229.9 old 275.2 old-block 127.0 binary 92.4 binary-zero 0.0 mailbox 347.8 mailbox-zero 358.0
point  x 569.0 zero 308.0 survived 259.7 used 196.6 low 196.6 stack 190.1 block 120.8 fragment 190.1 message 175.6 old 275.2 old-block 120.8 binary 68.8 binary-zero 0.0 mailbox 340.2 mailbox-zero 358.0
point  x 571.8 zero 308.0 survived 259.7 used 196.6 low 196.6 stack 190.1 block 120.8 fragment 190.1 message 175.6 old 275.2 old-block 120.8 binary 68.8 binary-zero 0.0 mailbox 340.2 mailbox-zero 358.0
point  x 571.8 zero 308.0 survived 238.7 used 238.7 low 238.7 stack 232.2 block 114.6 fragment 232.2 message 211.4 old 259.7 old-block 114.6 binary 45.2 binary-zero 0.0 mailbox 332.5 mailbox-zero 358.0
point  x 609.6 zero 308.0 survived 238.7 used 224.1 low 224.1 stack 217.6 block 131.2 fragment 217.6 message 213.5 old 259.7 old-block 131.2 binary 44.5 binary-zero 0.0 mailbox 352.9 mailbox-zero 358.0
point  x 634.0 zero 308.0 survived 238.7 used 224.1 low 224.1 stack 217.6 block 131.2 fragment 217.6 message 213.5 old 259.7 old-block 131.2 binary 44.5 binary-zero 0.0 mailbox 352.9 mailbox-zero 358.0
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
label "all, stacked"  x 55 y 37 w 84
label "messages waiting, at most 10"  x 49 y 314 w 196
label "after"  x 382 y 38 w 35
tick "0 µs"  x 49 y 363 w 28
tick "100 µs"  x 109 y 363 w 42
tick "200 µs"  x 190 y 363 w 42
tick "400 µs"  x 353 y 363 w 42
tick "500 µs"  x 434 y 363 w 42
tick "600 µs"  x 515 y 363 w 42
tick "700 µs"  x 592 y 363 w 42
tick "300 µs"  x 271 y 361 w 42
words "0"  x 36 y 301 w 7
words "100"  x 22 y 277 w 21
words "200"  x 22 y 254 w 21
words "300"  x 22 y 231 w 21
words "400"  x 22 y 208 w 21
words "500"  x 22 y 185 w 21
words "600"  x 22 y 162 w 21
words "700"  x 22 y 139 w 21
words "800"  x 22 y 116 w 21
words "900"  x 22 y 93 w 21
words "1 000"  x 8 y 69 w 35
words "1 100"  x 8 y 46 w 35
pin  x 130.2
pin  x 374.0
