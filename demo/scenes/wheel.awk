# Clay: a lump is centred, opened, pulled up and bellied into a vase, while the wheel turns.

function spun(t, colour, width, k, dash, turn,  r) {
  r = rad(t)
  path("M" n2(cx - r) " " n2(by - vh * t) "A" n2(r) " " n2(r * TILT) " 0 0 0 " n2(cx + r) " " n2(by - vh * t), "none",
    "stroke=\"" colour "\" stroke-width=\"" width "\" opacity=\"" n2(k) "\" stroke-linecap=\"round\" stroke-dasharray=\"" n2(r * dash) " " n2(r * .55) "\" stroke-dashoffset=\"" n2(-turn * r) "\"")
}
function hand(side, x, y, away,  sleeve, skin, i) {
  sleeve = "#efe3d0"; skin = "#8c5a3d"
  open("transform=\"translate(" n2(x + side * away) " " n2(y + away * .3) ") scale(" side " 1)\"")
  line(250, 190, 120, 76, sleeve, 96)
  line(152, 104, 128, 84, darker(sleeve, .12), 96)
  line(122, 78, 66, 30, skin, 58)
  path("M20 -26C44 -52 92 -30 104 6C114 44 84 72 52 62C30 55 12 20 20 -26Z", skin)
  for (i = 0; i < 4; i++) line(46 + i * 4, -20 + i * 21, 9 + (i == 0 || i == 3) * 5, -30 + i * 19, mix(skin, "#ffffff", .03 * i), 20)
  line(58, -22, 24, -56, lighter(skin, .07), 21)
  oval(14, 2, 9, 30, "#c98d68", "opacity=\".5\"")
  shut()
}
function paint(s,  clay, turn, h, w, a, b, k, wob, i, t, y, ht, away, d, yx) {
  clay = "#bd7a52"; turn = s * 9.2
  backdrop("#f1e2d0", "#e0bf9f")
  oval(270, 470, 236, 236, "#f7ecde", "opacity=\".75\"")
  oval(270, 470, 196, 196, "#fbf4ea", "opacity=\".6\"")
  rect(0, 742, W, 220, "#8f5b40"); rect(0, 742, W, 8, "#a56d4e")
  # Splash pan and wheel head
  shadow(270, 846, 262, 40, .9)
  path("M34 716C34 690 506 690 506 716L470 806C462 846 78 846 70 806Z", "#5b3c2f")
  oval(270, 716, 236, 44, "#6d4a3a"); oval(270, 722, 214, 36, "#4a3027")
  rect(84, 694, 372, 22, "#a2978c", 0); oval(270, 716, 186, 31, "#8a8077"); oval(270, 694, 186, 31, "#c9bfb3")
  for (i = 0; i < 3; i++)
    emit("<ellipse cx=\"270\" cy=\"694\" rx=\"" 176 - i * 26 "\" ry=\"" 29 - i * 4.3 "\" fill=\"none\" stroke=\"" (i == 1 ? "#b5794f" : "#a99c8e") "\" stroke-width=\"" 5 - i "\" stroke-linecap=\"round\" stroke-dasharray=\"" 150 - i * 40 " 90 40 70\" stroke-dashoffset=\"" n2(turn * 52 + i * 70) "\" opacity=\".75\"/>")

  # The clay
  if (s < 2.7) { a = LUMP; b = CYLINDER; k = ease(s, 1.1, 2.7) } else { a = CYLINDER; b = VASE; k = ease(s, 3.1, 5.6) }
  h = lerp(132, 214, ease(s, .9, 2.4)); h = lerp(h, 336, ease(s, 2.5, 4.6)) + 5 * sin(s * 5) * (1 - ease(s, 5, 6))
  w = lerp(124, 150, ease(s, 3, 5.6))
  wob = 11 * sin(turn) * (1 - ease(s, .2, 1.5)) + 1.2 * sin(turn)
  shape(a, b, k, 270 + wob, 694, h, w)
  shadow(270, 698, rad(0) * 1.5, 22, .7)
  d = body()
  path(d, clay); path(d, "url(#shade)")
  open(clip(d))
  for (i = 0; i < 13; i++) {
    t = (i + .5) / 13
    spun(t, i % 2 ? "#8d5233" : "#e3b08b", i % 3 ? 2.5 : 4, .42, .9 + .5 * hash(i), turn + i * 1.7)
  }
  shut()
  if (h > 140 && s > 1.2) rim(clay)
  streak(.2, .78, -.66, -.57, .16)

  # Hands follow the wall up and down, then let go.
  ht = s < 1.2 ? .45 : .52 + .27 * sin((s - 1.2) * 2.05 - 1)
  away = 190 * (1 - out(part(s, 0, .55))) + 330 * ease(s, 5.5, 6.3)
  if (away < 320) {
    y = by - vh * ht
    hand(1, cx + rad(ht) - 8, y, away)
    hand(-1, cx - rad(clamp(ht - .08, 0, 1)) + 8, y + 18, away)
  }
  # Slip flung off the wheel
  for (i = 0; i < 10; i++) {
    t = (s * 1.4 + hash(i)) % 1; yx = (hash(i + 40) - .5) * 2
    if (s > .5 && s < 5.6) oval(270 + yx * (150 + 120 * t), 690 - 70 * t + 150 * t * t, 4 * (1 - t) + 1, 3 * (1 - t) + 1, "#9c5f3d", "opacity=\"" n2(.7 * (1 - t)) "\"")
  }
  headline(s, .15, 3.1, "#4a2c1e", "1.2 kg of clay", "the first ten seconds decide")
  headline(s, 5.5, 99, "#4a2c1e", "Hands off.", "that neck is all patience")
  signature("#f3e2d2", .9)
}
