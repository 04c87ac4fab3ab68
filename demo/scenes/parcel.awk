# Rose: one order is packed. Paper, cup, more paper, flaps, tape, label, and off it goes.

function curl(x, y, i, colour) {
  emit("<path d=\"M-26 0C-18 -22 2 -20 4 -4S24 10 28 -10\" fill=\"none\" stroke=\"" colour "\" stroke-width=\"8\" stroke-linecap=\"round\" transform=\"translate(" n2(x) " " n2(y) ") rotate(" n2(hash(i) * 360) ") scale(" n2(.8 + .5 * hash(i + 5)) ")\"/>")
}
function paint(s,  kraft, i, k, x, y, hop, squash, fold, cupY, c, gone) {
  kraft = "#c99b6b"
  backdrop("#f6dfdc", "#e6b8b4")
  oval(270, 500, 226, 226, "#fcefec", "opacity=\".85\"")
  rect(0, 730, W, 230, "#9c5a5a"); rect(0, 730, W, 7, "#b57070")

  # Everything on the table leaves together at the end.
  gone = part(s, 5.9, 6.8); gone = gone * gone * 640
  hop = 34 * sin(PI * part(s, 5.35, 5.75)); squash = 1 - .05 * sin(PI * part(s, 5.15, 5.4)) - .03 * sin(PI * part(s, 1.75, 1.95))
  shadow(270 + gone, 792, 236 - hop, 34, .9)
  open("transform=\"translate(" n2(gone) " " n2(792 - hop - 792 * squash) ") scale(1 " n2(squash) ")\"")

  # Inside and back flap
  fold = ease(s, 3.15, 3.7)
  path("M110 520L150 478L390 478L430 520Z", "#8d673f")
  path("M150 478L390 478L" n2(lerp(404, 384, fold)) " " n2(lerp(404, 512, fold)) "L" n2(lerp(136, 156, fold)) " " n2(lerp(404, 512, fold)) "Z", darker(kraft, .12))

  # Paper below, the cup, paper above
  for (i = 0; i < 16; i++) {
    k = out(part(s, .25 + i * .03, .75 + i * .03))
    if (k > 0 && s < 3.75) curl(132 + (i * 53) % 276, lerp(140, 512 - 10 * hash(i), k) + 6 * (i % 2), i, i % 3 ? "#f4e3c8" : "#e8c9a2")
  }
  cupY = lerp(60, 548, part(s, 1.1, 1.75) ^ 2) - 26 * sin(PI * part(s, 1.75, 2.05)) + 96 * ease(s, 2.2, 3.3)
  if (s > 1.05 && s < 3.75) {
    c = "#c4667a"
    open("transform=\"rotate(" n2(-14 * (1 - part(s, 1.1, 1.9))) " 270 " n2(cupY) ")\"")
    path("M344 " n2(cupY - 118) "C410 " n2(cupY - 132) " 410 " n2(cupY - 34) " 340 " n2(cupY - 40), "none", "stroke=\"" darker(c, .1) "\" stroke-width=\"19\" stroke-linecap=\"round\"")
    pot(CUP, 270, cupY, 156, 92); vessel(c, 1)
    open(clip(body())); path(band(.0, .28), "#f3e4d4"); path(band(.0, .28), "url(#shade)"); shut()
    shut()
  }
  for (i = 0; i < 20; i++) {
    k = out(part(s, 2.0 + i * .03, 2.5 + i * .03))
    if (k > 0 && s < 3.75) curl(136 + (i * 71) % 270, lerp(150, 516 + 8 * hash(i + 3) - 16 * (i % 3) * (1 - fold), k), i + 31, i % 3 ? "#fbeed9" : "#eed3ad")
  }

  # Front of the box with its flaps
  define(ramp("box", 0, lighter(kraft, .1), kraft, darker(kraft, .12)))
  path("M110 520L" n2(lerp(34, 128, fold)) " " n2(lerp(560, 516, fold)) "L" n2(lerp(72, 168, fold)) " " n2(lerp(520, 488, fold)) "L150 478Z", darker(kraft, .06))
  path("M430 520L" n2(lerp(506, 412, fold)) " " n2(lerp(560, 516, fold)) "L" n2(lerp(468, 372, fold)) " " n2(lerp(520, 488, fold)) "L390 478Z", darker(kraft, .1))
  rect(110, 518, 320, 274, "url(#box)", 4)
  fold = ease(s, 3.5, 4)
  path("M110 520L430 520L" n2(lerp(450, 390, fold)) " " n2(lerp(602, 478, fold)) "L" n2(lerp(90, 150, fold)) " " n2(lerp(602, 478, fold)) "Z", mix(lighter(kraft, .06), lighter(kraft, .22), fold))

  # Tape runs over the top and down the front
  k = ease(s, 4, 4.5)
  if (k > 0) {
    path("M248 478L292 478L" n2(lerp(292, 296, k)) " " n2(lerp(478, 520, clamp(k * 2, 0, 1))) "L" n2(lerp(248, 244, k)) " " n2(lerp(478, 520, clamp(k * 2, 0, 1))) "Z", "#f0d9d2")
    rect(244, 520, 52, 86 * clamp(k * 2 - 1, 0, 1), "#e9cdc5")
    for (i = 0; i < 3; i++) if (k > .6 + i * .12) path("M250 " 540 + i * 24 "q10 -9 20 0t20 0", "none", "stroke=\"#b9726c\" stroke-width=\"3\" opacity=\".8\" stroke-linecap=\"round\"")
  }
  # Address label and the stamp
  k = bounce(part(s, 4.5, 5.1))
  if (s > 4.5) {
    open("transform=\"translate(206 700) rotate(-3) scale(" n2(k) ")\"")
    rect(-74, -44, 148, 88, "#fffaf3", 5)
    words(-60, -14, 19, "#7c3d40", "To: you", 700)
    line(-60, 4, 46, 4, "#d9bdb4", 5); line(-60, 20, 22, 20, "#d9bdb4", 5)
    shut()
  }
  k = part(s, 5, 5.25)
  if (k > 0) {
    open("transform=\"translate(356 704) rotate(12) scale(" n2(lerp(2.4, 1, out(k))) ")\" opacity=\"" n2(k) "\"")
    oval(0, 0, 46, 46, "none", "stroke=\"#8f3b43\" stroke-width=\"4\"")
    oval(0, 0, 38, 38, "none", "stroke=\"#8f3b43\" stroke-width=\"2\"")
    words(0, -2, 17, "#8f3b43", "thank", 700, "middle"); words(0, 16, 17, "#8f3b43", "you", 700, "middle")
    shut()
  }
  shut()
  headline(s, .1, 3, "#6b2f35", "Order 0412", "one cup, going to Bergen")
  headline(s, 3.2, 6, "#6b2f35", "No plastic in here", "we shred our own test prints")
  headline(s, 6, 99, "#6b2f35", "Safe travels.", "")
  signature("#fbe6e2", .95)
}
