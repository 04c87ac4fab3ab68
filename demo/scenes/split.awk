# Sand: before and after the fire, divided by a line that sweeps over one jar. The fire also makes it smaller.

function leaf(x, y, size, turn, colour) {
  emit("<path d=\"M0 0C" n2(size * .5) " " n2(-size * .42) " " n2(size * .5) " " n2(-size) " 0 " n2(-size * 1.35) "C" n2(-size * .5) " " n2(-size) " " n2(-size * .5) " " n2(-size * .42) " 0 0Z\" fill=\"" colour "\" transform=\"translate(" n2(x) " " n2(y) ") rotate(" n2(turn) ")\"/>")
}
function decorated(colour, ink, shine, height, unit, s,  d, i, a, x) {
  pot(JAR, 270, 716, height, unit)
  shadow(270, 720, unit * 1.25, 26, 1)
  d = body(); path(d, colour)
  open(clip(d))
  path(band(.8, .83), ink); path(band(.16, .185), ink); path(band(.11, .12), ink)
  # A garland painted around the belly; the jar stands on a slow turntable
  for (i = 0; i < 16; i++) {
    a = i * PI / 8 + s * .42
    if (cos(a) < -.05) continue
    x = sin(a)
    open("transform=\"translate(" n2(270 + x * unit * .97) " " n2(716 - height * .5 + 10 * cos(a)) ") scale(" n2(.25 + .75 * cos(a)) " 1)\"")
    leaf(0, i % 2 ? 6 : -2, unit * .24, i % 2 ? 168 : 12, ink)
    leaf(-9, i % 2 ? 2 : 2, unit * .15, i % 2 ? 210 : -34, ink)
    oval(12, i % 2 ? -26 : 30, 5.5, 5.5, ink)
    shut()
  }
  path(band(.49, .505), ink)
  path(d, shine ? "url(#shade)" : "url(#matte)")
  shut()
  rim(colour)
  if (shine) { streak(.2, .8, -.7, -.56, .5); streak(.46, .72, -.45, -.39, .32) }
}
function side(after, s) {
  if (after) {
    define(ramp("warm", 1, "#f3d9c3", "#d99f7f")); rect(0, 0, W, H, "url(#warm)")
    oval(270, 500, 218, 218, "#fbeada", "opacity=\".8\"")
    rect(0, 706, W, 254, "#a85d43"); rect(0, 706, W, 7, "#c27a5d")
    oval(270, 722, 190, 30, "#7e4330")
    decorated("#f1e6d0", "#24567c", 1, 328, 161, s)
    # How tall it was
    pot(JAR, 270, 716, 372, 183)
    path(body(), "none", "stroke=\"#ffffff\" stroke-width=\"3\" stroke-dasharray=\"3 11\" stroke-linecap=\"round\" opacity=\".85\"")
  } else {
    define(ramp("cool", 1, "#e6e0d3", "#c9bea9")); rect(0, 0, W, H, "url(#cool)")
    oval(270, 500, 218, 218, "#f3efe5", "opacity=\".8\"")
    rect(0, 706, W, 254, "#94866f"); rect(0, 706, W, 7, "#ab9d85")
    oval(270, 722, 208, 32, "#75694f")
    decorated("#b9a68c", "#6f5a48", 0, 372, 183, s)
  }
}
function paint(s,  x, k) {
  x = 620 - 490 * ease(s, .35, 2.4) + 300 * ease(s, 2.9, 4.3) - 176 * ease(s, 4.6, 5.7)
  side(0, s)
  open(clip("M" n2(x) " 0L560 0L560 960L" n2(x) " 960Z")); side(1, s); shut()
  line(x, 0, x, 960, "#fffaf2", 5)
  oval(x, 560, 32, 32, "#fffaf2"); path("M" n2(x - 8) " 548l-12 12l12 12M" n2(x + 8) " 548l12 12l-12 12", "none", "stroke=\"#8a5a42\" stroke-width=\"4\" stroke-linecap=\"round\" stroke-linejoin=\"round\"")
  # Labels belong to their side and are cut by the line
  open(clip("M0 0L" n2(x) " 0L" n2(x) " 960L0 960Z")); words(40, 138, 42, "#4f4534", "Before", 700); words(41, 174, 23, "#4f4534", "bone dry", 500, "start", .85); shut()
  open(clip("M" n2(x) " 0L560 0L560 960L" n2(x) " 960Z")); words(500, 138, 42, "#6b2f1c", "After", 700, "end"); words(500, 174, 23, "#6b2f1c", "12 % smaller", 500, "end", .85); shut()
  signature("#fbeee0", .95)
}
