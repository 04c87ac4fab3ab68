# Glaze blue: a jug pours, the colour runs down the bisque in drips, and the wall behind follows it.

# The lower edge of running colour between x0 and x1 around y, with drips that each have their own haste.
function curtain(x0, x1, top, y, reach, salt,  d, i, n, x, step, drop) {
  n = 9; step = (x1 - x0) / n
  d = "M" n2(x0) " " n2(top) "L" n2(x0) " " n2(y)
  for (i = 0; i < n; i++) {
    x = x0 + i * step; drop = reach * (.25 + hash(i + salt))
    d = d "C" n2(x + step * .18) " " n2(y) " " n2(x + step * .14) " " n2(y + drop) " " n2(x + step * .5) " " n2(y + drop)
    d = d "C" n2(x + step * .86) " " n2(y + drop) " " n2(x + step * .82) " " n2(y) " " n2(x + step) " " n2(y)
  }
  return d "L" n2(x1) " " n2(top) "Z"
}
function jug(x, y, lean, full,  d) {
  open("transform=\"translate(" n2(x) " " n2(y) ") rotate(" n2(lean) ") scale(.8)\"")
  path("M120 -118C196 -128 196 22 112 14", "none", "stroke=\"#d8d2c4\" stroke-width=\"20\" stroke-linecap=\"round\"")
  d = "M-8 -150L-46 -168L-30 -128C-40 -70 -42 -30 -34 30C-30 56 122 56 126 30C136 -40 130 -100 118 -150Z"
  path(d, "#f4efe4"); path(d, "url(#matte)")
  path("M-8 -150L-46 -168L-26 -142C10 -128 90 -130 118 -150C90 -160 20 -160 -8 -150Z", full ? "#2a5f8c" : "#b9b3a6")
  shut()
}
function paint(s,  blue, k, wall, x, lean, jx, jy, pouring, i, y, tx) {
  blue = "#2f6f9f"
  backdrop("#eef1ee", "#d6e0e2")
  oval(270, 500, 214, 214, "#f8faf7", "opacity=\".8\"")
  # The wall behind takes the colour a little later than the pot.
  wall = ease(s, 2.2, 4.8)
  if (wall > 0) {
    define(ramp("deep", 1, "#1d4d73", "#3d83ae"))
    path(curtain(-10, 550, -120, lerp(-140, 960, wall), 120, 3), "url(#deep)")
    oval(270, 500, 214, 214, "#ffffff", "opacity=\"" n2(.13 * wall) "\"")
    oval(270, 500, 168, 168, "#ffffff", "opacity=\"" n2(.08 * wall) "\"")
  }
  # Bench, tray and turntable
  rect(0, 760, W, 200, "#c9bba6"); rect(0, 760, W, 7, "#ddd1bf")
  shadow(270, 812, 250, 34, .8)
  path("M58 772L482 772L462 812C454 826 86 826 78 812Z", "#6d6a66"); oval(270, 772, 212, 26, "#84817c")
  oval(270, 774, 190, 20, mix("#5e5b57", blue, .9 * ease(s, 1.6, 3.4)))
  for (i = 0; i < 3; i++) {
    k = (s * .9 + i / 3) % 1
    if (s > 1.8 && s < 4) oval(270, 774, 130 + 58 * k, 13 + 6 * k, "none", "stroke=\"#8fc1e0\" stroke-width=\"2\" opacity=\"" n2(.7 * (1 - k)) "\"")
  }
  rect(190, 742, 160, 30, "#4b4845", 8); oval(270, 742, 118, 17, "#7d7974")

  pot(VASE, 270, 738, 332, 138)
  vessel("#dcb595", 0)
  # Glaze, running
  k = ease(s, .95, 3.5)
  if (k > 0) {
    open(clip(body()))
    open(clip(curtain(112, 428, 370, lerp(392, 770, k), 72, 11)))
    path(body(), blue)
    path(curtain(112, 428, 370, lerp(360, 738, k), 60, 23), "#5b9cc6", "opacity=\".35\"")
    path(body(), "url(#shade)")
    shut(); shut()
    rim(blue)
    streak(.2, .84, -.68, -.56, .42 * ease(s, 2.4, 3.6)); streak(.5, .72, -.46, -.41, .26 * ease(s, 2.8, 3.8))
  }
  # The stream
  pouring = ease(s, .75, 1) * (1 - ease(s, 3.35, 3.6))
  jx = lerp(660, 404, out(part(s, .1, .8))) + 320 * ease(s, 3.6, 4.5); jy = 338 - 30 * ease(s, 3.6, 4.5)
  lean = lerp(0, -52, ease(s, .4, .85)) + 52 * ease(s, 3.3, 3.9)
  if (pouring > 0) {
    tx = 256 + 4 * sin(s * 7); y = lerp(296, 412, ease(s, .75, 1.05))
    path("M292 286C276 280 " n2(tx - 12) " 300 " n2(tx - 9 * pouring) " " n2(y) "L" n2(tx + 9 * pouring) " " n2(y) "C" n2(tx + 8) " 330 274 310 288 304Z", "#3c80b1")
  }
  if (jx < 700) jug(jx, jy, lean, s < 3.4)
  # Late drops from the foot
  for (i = 0; i < 4; i++) {
    k = (s - 3.2 - i * .45) / .4
    if (k > 0 && k < 1) oval(232 + i * 27, lerp(742, 772, k * k), 4, 6, blue)
  }
  headline(s, .1, 2.5, "#1c3a52", "Blue, number 14", "cobalt, ash, a bit of nerve")
  headline(s, 4.2, 99, "#eaf4fa", "Now it waits.", "thirty hours until we know")
  signature("#5a4d3d", .9)
}
