# Charcoal: the kiln climbs. The chamber goes from black to orange to nearly white, and the firing curve draws itself.

function heat(k) {
  return k < .3 ? mix("#1a1614", "#5e1d10", k / .3) : k < .6 ? mix("#5e1d10", "#d9571b", (k - .3) / .3) : k < .85 ? mix("#d9571b", "#ffb03b", (k - .6) / .25) : mix("#ffb03b", "#ffe9b0", (k - .85) / .15)
}
# Degrees at a share of the firing: slow start, climb, hold, and the beginning of the fall.
function degrees(u) { return u < .86 ? 20 + 1202 * smooth(u / .86) : u < .94 ? 1222 : 1222 - 60 * (u - .94) / .06 }
function arch(x, y, w, h) { return "M" n2(x - w) " " n2(y) "L" n2(x - w) " " n2(y - h + w) "A" n2(w) " " n2(w) " 0 0 1 " n2(x + w) " " n2(y - h + w) "L" n2(x + w) " " n2(y) "Z" }
function paint(s,  u, k, c, i, j, x, y, t, flick, d, names, text, age, shade) {
  u = part(s, .4, 6.2); k = (degrees(u) - 20) / 1202; c = heat(k)
  flick = 1 + .03 * sin(s * 17) + .02 * sin(s * 29)
  backdrop("#2a2b2e", "#17181a")
  glow("room", "#ff8a3a", .55 * k * flick)
  # Brick face
  for (j = 0; j < 16; j++)
    for (i = -1; i < 6; i++) {
      x = i * 104 + (j % 2 ? 52 : 0); y = 244 + j * 34
      shade = mix("#3a3735", "#4a4542", hash(i + j * 9))
      rect(x + 2, y + 2, 100, 30, mix(shade, "#b4552a", .34 * k * clamp(1 - sqrt((x - 220) ^ 2 + (y - 520) ^ 2) / 420, 0, 1)), 3)
    }
  rect(0, 232, W, 14, "#57514d", 2)
  oval(270, 540, 460, 520, "url(#room)")
  # The arch and its chamber
  path(arch(270, 782, 204, 470), "#221f1e"); path(arch(270, 782, 190, 456), "#5b504a")
  for (i = 0; i <= 12; i++) {
    t = PI * i / 12
    line(270 - 181 * cos(t), 516 - 181 * sin(t), 270 - 201 * cos(t), 516 - 201 * sin(t), "#2a2624", 3)
  }
  define("<radialGradient id=\"fire\" cx=\".5\" cy=\".62\" r=\".75\"><stop offset=\"0\" stop-color=\"" lighter(c, .28 * k) "\"/><stop offset=\".55\" stop-color=\"" c "\"/><stop offset=\"1\" stop-color=\"" darker(c, .62) "\"/></radialGradient>")
  d = arch(270, 770, 162, 416)
  path(d, "url(#fire)")
  open(clip(d))
  # Waves of hot air
  for (i = 0; i < 5; i++) {
    y = 770 - ((s * 90 + i * 92) % 460)
    path("M90 " n2(y) "q45 " n2(-26 * flick) " 90 0t90 0t90 0t90 0", "none", "stroke=\"" lighter(c, .35) "\" stroke-width=\"14\" opacity=\"" n2(.16 * k) "\" stroke-linecap=\"round\"")
  }
  # Ware on two shelves: dark against the fire first, then incandescent
  rect(108, 572, 324, 13, mix("#0f0d0c", lighter(c, .1), .5 * k)); rect(108, 756, 324, 16, mix("#0f0d0c", lighter(c, .1), .5 * k))
  rect(146, 585, 14, 172, mix("#0f0d0c", c, .45 * k)); rect(380, 585, 14, 172, mix("#0f0d0c", c, .45 * k))
  t = mix("#0d0b0b", lighter(c, .3), smooth(part(k, .35, 1)) * .92)
  pot(BOWL, 202, 571, 62, 56); vessel(t, .2 * k)
  pot(BOTTLE, 312, 571, 128, 44); vessel(t, .2 * k)
  pot(CUP, 376, 571, 54, 30); vessel(t, .2 * k)
  pot(VASE, 270, 755, 146, 62); vessel(t, .2 * k)
  pot(CUP, 190, 755, 64, 30); vessel(t, .2 * k)
  pot(JAR, 352, 755, 84, 40); vessel(t, .2 * k)
  rect(90, 330, 360, 450, c, 0, "opacity=\"" n2(.16 * k * k) "\"")
  shut()
  # Sparks
  for (i = 0; i < 22; i++) {
    age = (s * (.28 + .3 * hash(i)) + hash(i + 60)) % 1
    x = 270 + (hash(i + 20) - .5) * 330 + 18 * sin(s * 3 + i); y = 780 - age * 640
    oval(x, y, 2.6 * (1 - age) + .6, 3.4 * (1 - age) + .8, "#ffc46b", "opacity=\"" n2(part(k, .4, .8) * (1 - age) * .9) "\"")
  }
  # Floor
  rect(0, 786, W, 174, "#121315"); oval(270, 790, 330, 60, "url(#room)", "opacity=\".8\"")
  # The pyrometer
  text = sprintf("%d", degrees(u) + .5); if (length(text) > 3) text = substr(text, 1, 1) "&#8201;" substr(text, 2)
  words(40, 168, 84, mix("#e9e4df", "#ffd9a0", k), text " &#176;C", 700, "start", 1, SANS, "letter-spacing=\"-2\"")
  t = degrees(u); names = u >= .94 ? "and down again, slowly" : u >= .86 ? "holding for twelve minutes" : t < 120 ? "candle overnight, dry as bone" : t < 600 ? "smoke is over, damper in" : t < 1000 ? "red, and climbing" : "cone 5 is bending"
  words(42, 206, 23, "#c8bfb6", names, 500)
  # The firing curve
  d = ""
  for (i = 0; i <= 60 * u; i++) d = d (i ? "L" : "M") n2(300 + 200 * i / 60) " " n2(918 - 70 * (degrees(i / 60) - 20) / 1202)
  line(300, 922, 500, 922, "#3c3d40", 2)
  path(d, "none", "stroke=\"#ff9a4a\" stroke-width=\"4\" stroke-linecap=\"round\" stroke-linejoin=\"round\"")
  oval(300 + 200 * u, 918 - 70 * k, 7, 7, "#ffd9a0")
  signature("#cfc6bd", .9)
}
