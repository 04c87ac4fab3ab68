# The stage every scene plays on: it writes one SVG per frame and offers easing, colour and pottery.
# A scene file defines paint(s), where s is the time in seconds. Chance comes from hash(), so every run draws the same.

BEGIN {
  W = 540; H = 960; PI = atan2(0, -1); TILT = 0.15
  SANS = "Inter Display, Inter, DejaVu Sans, sans-serif"
  SERIF = "DejaVu Serif, Georgia, serif"

  # Profiles: height on the axis (0 foot, 1 rim) and radius there, joined by a smooth curve.
  VASE   = "0:.42 .06:.45 .3:.86 .48:1 .66:.84 .82:.44 .9:.37 1:.5"
  BOTTLE = "0:.5 .05:.54 .3:.8 .48:.72 .64:.32 .8:.22 .92:.22 1:.32"
  BOWL   = "0:.36 .12:.38 .2:.5 .5:.8 .8:.95 1:1"
  CUP    = "0:.62 .06:.7 .25:.84 .6:.86 .9:.85 1:.88"
  JAR    = "0:.6 .05:.66 .3:.95 .55:1 .8:.86 .9:.66 1:.68"
  PLANTER = "0:.6 .05:.64 .5:.84 .9:.97 1:1"
  LUMP   = "0:.98 .1:1 .35:.93 .6:.74 .85:.42 1:.12"
  CYLINDER = "0:.66 .1:.66 .35:.62 .6:.6 .85:.6 1:.62"

  for (frame = 0; frame < frames; frame++) {
    file = sprintf("%s/%04d.svg", dir, frame)
    ids = 0
    emit("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" W "\" height=\"" H "\" viewBox=\"0 0 " W " " H "\">")
    emit("<defs>")
    emit(ramp("shade", 0, "#000 .40", "#fff .14", "#fff .02", "#000 .16", "#000 .46"))
    emit(ramp("matte", 0, "#000 .24", "#fff .08", "#fff 0", "#000 .10", "#000 .30"))
    emit("<radialGradient id=\"soft\"><stop offset=\"0\" stop-color=\"#000\" stop-opacity=\".42\"/><stop offset=\".6\" stop-color=\"#000\" stop-opacity=\".2\"/><stop offset=\"1\" stop-color=\"#000\" stop-opacity=\"0\"/></radialGradient>")
    emit("</defs>")
    paint(frame / fps)
    emit("</svg>")
    close(file)
  }
}

function emit(line) { print line > file }

# --- numbers -----------------------------------------------------------------------------------------------------

function clamp(x, low, high) { return x < low ? low : x > high ? high : x }
function lerp(a, b, k) { return a + (b - a) * k }
function part(s, from, to) { return clamp((s - from) / (to - from), 0, 1) }
function smooth(k) { return k * k * (3 - 2 * k) }
function ease(s, from, to) { return smooth(part(s, from, to)) }
function out(k) { k = 1 - k; return 1 - k * k * k }
function bounce(k) { return k >= 1 ? 1 : 1 - exp(-6 * k) * cos(11 * k) }
function floor(x,  n) { n = int(x); return n > x ? n - 1 : n }
function hash(n,  x) { x = sin(n * 127.1 + 11.7) * 43758.5453; return x - floor(x) }
function n2(x) { return sprintf("%.2f", x) }

# --- colour ------------------------------------------------------------------------------------------------------

function hexByte(c, i) { return (index("0123456789abcdef", substr(c, i, 1)) - 1) * 16 + index("0123456789abcdef", substr(c, i + 1, 1)) - 1 }
function mix(a, b, k) {
  k = clamp(k, 0, 1)
  return sprintf("#%02x%02x%02x", lerp(hexByte(a, 2), hexByte(b, 2), k) + .5, lerp(hexByte(a, 4), hexByte(b, 4), k) + .5, lerp(hexByte(a, 6), hexByte(b, 6), k) + .5)
}
function darker(c, k) { return mix(c, "#1d1512", k) }
function lighter(c, k) { return mix(c, "#ffffff", k) }

# A gradient from left to right (or downwards) of up to five "colour opacity" stops.
function ramp(id, down, a, b, c, d, e,  list, n, i, s, halves) {
  list[++n] = a; list[++n] = b
  if (c != "") list[++n] = c
  if (d != "") list[++n] = d
  if (e != "") list[++n] = e
  s = "<linearGradient id=\"" id "\" x1=\"0\" y1=\"0\" x2=\"" (down ? 0 : 1) "\" y2=\"" (down ? 1 : 0) "\">"
  for (i = 1; i <= n; i++) {
    split(list[i], halves, " ")
    s = s "<stop offset=\"" n2((i - 1) / (n - 1)) "\" stop-color=\"" halves[1] "\" stop-opacity=\"" (halves[2] == "" ? 1 : halves[2]) "\"/>"
  }
  return s "</linearGradient>"
}
function define(s) { emit("<defs>" s "</defs>") }
function glow(id, colour, strength) {
  define("<radialGradient id=\"" id "\"><stop offset=\"0\" stop-color=\"" colour "\" stop-opacity=\"" n2(strength) "\"/><stop offset=\".45\" stop-color=\"" colour "\" stop-opacity=\"" n2(strength * .42) "\"/><stop offset=\"1\" stop-color=\"" colour "\" stop-opacity=\"0\"/></radialGradient>")
}

# --- marks -------------------------------------------------------------------------------------------------------

function rect(x, y, w, h, fill, r, more) { emit("<rect x=\"" n2(x) "\" y=\"" n2(y) "\" width=\"" n2(w) "\" height=\"" n2(h) "\" rx=\"" (r + 0) "\" fill=\"" fill "\" " more "/>") }
function oval(x, y, rx, ry, fill, more) { if (rx > 0 && ry > 0) emit("<ellipse cx=\"" n2(x) "\" cy=\"" n2(y) "\" rx=\"" n2(rx) "\" ry=\"" n2(ry) "\" fill=\"" fill "\" " more "/>") }
function path(d, fill, more) { emit("<path d=\"" d "\" fill=\"" fill "\" " more "/>") }
function line(x1, y1, x2, y2, colour, width, more) { emit("<line x1=\"" n2(x1) "\" y1=\"" n2(y1) "\" x2=\"" n2(x2) "\" y2=\"" n2(y2) "\" stroke=\"" colour "\" stroke-width=\"" n2(width) "\" stroke-linecap=\"round\" " more "/>") }
function words(x, y, size, colour, text, weight, anchor, opacity, family, more) {
  if (opacity == "") opacity = 1
  if (opacity > .01)
    emit("<text x=\"" n2(x) "\" y=\"" n2(y) "\" font-family=\"" (family == "" ? SANS : family) "\" font-size=\"" n2(size) "\" font-weight=\"" (weight == "" ? 600 : weight) "\" text-anchor=\"" (anchor == "" ? "start" : anchor) "\" fill=\"" colour "\" opacity=\"" n2(opacity) "\" " more ">" text "</text>")
}
function shadow(x, y, rx, ry, k) { oval(x, y, rx, ry, "url(#soft)", "opacity=\"" n2(k) "\"") }
function open(more) { emit("<g " more ">") }
function shut() { emit("</g>") }
function clip(d,  id) { id = "c" (++ids); define("<clipPath id=\"" id "\"><path d=\"" d "\"/></clipPath>"); return "clip-path=\"url(#" id ")\"" }
function backdrop(top, bottom) { define(ramp("sky", 1, top, bottom)); rect(0, 0, W, H, "url(#sky)") }

# Two lines of a headline that slide up into place and leave again.
function headline(s, from, to, colour, first, second,  k, lift) {
  k = out(part(s, from, from + .6)) * (1 - ease(s, to - .35, to))
  lift = (1 - out(part(s, from, from + .6))) * 22
  words(40, 138 + lift, 42, colour, first, 700, "start", k, SANS, "letter-spacing=\"-0.8\"")
  words(41, 176 + lift * 1.5, 23, colour, second, 500, "start", k * .82)
}

# The shop's mark: a kiln's arch over one wave, and its name.
function signature(colour, k) {
  open("opacity=\"" n2(k) "\" transform=\"translate(40 884)\" fill=\"none\" stroke=\"" colour "\" stroke-width=\"3\" stroke-linecap=\"round\"")
  emit("<path d=\"M2 22V14a12 12 0 0 1 24 0v8\"/><path d=\"M0 30q4.7 -5 9.3 0t9.3 0t9.3 0\"/>")
  shut()
  words(80, 911, 19, colour, "kiln &amp; tide", 600, "start", k, SANS, "letter-spacing=\".4\"")
}

# --- pottery -----------------------------------------------------------------------------------------------------

function learn(p,  list, n, i, halves) {
  if (p in count) return
  n = split(p, list, " ")
  for (i = 1; i <= n; i++) { split(list[i], halves, ":"); at[p, i] = halves[1] + 0; wide[p, i] = halves[2] + 0 }
  count[p] = n
}
function slope(p, i,  n) {
  n = count[p]
  if (i <= 1) return (wide[p, 2] - wide[p, 1]) / (at[p, 2] - at[p, 1])
  if (i >= n) return (wide[p, n] - wide[p, n - 1]) / (at[p, n] - at[p, n - 1])
  return (wide[p, i + 1] - wide[p, i - 1]) / (at[p, i + 1] - at[p, i - 1])
}
function radius(p, t,  i, d, k) {
  learn(p)
  for (i = 1; i < count[p] - 1 && t > at[p, i + 1]; i++);
  d = at[p, i + 1] - at[p, i]; k = (t - at[p, i]) / d
  return (2 * k ^ 3 - 3 * k ^ 2 + 1) * wide[p, i] + (k ^ 3 - 2 * k ^ 2 + k) * d * slope(p, i) + (3 * k ^ 2 - 2 * k ^ 3) * wide[p, i + 1] + (k ^ 3 - k ^ 2) * d * slope(p, i + 1)
}

# The shape on the table: profile a turning into profile b, standing at (cx, by), h high, w its unit radius.
function shape(a, b, k, x, y, height, unit) { pa = a; pb = b; pk = k; cx = x; by = y; vh = height; vw = unit }
function pot(p, x, y, height, unit) { shape(p, p, 0, x, y, height, unit) }
function rad(t) { return vw * (pk == 0 ? radius(pa, t) : lerp(radius(pa, t), radius(pb, t), pk)) }
function body(  d, i, r) {
  r = rad(1)
  d = "M" n2(cx - r) " " n2(by - vh)
  for (i = 27; i >= 0; i--) d = d "L" n2(cx - rad(i / 28)) " " n2(by - vh * i / 28)
  r = rad(0)
  d = d "A" n2(r) " " n2(r * TILT) " 0 0 0 " n2(cx + r) " " n2(by)
  for (i = 1; i <= 28; i++) d = d "L" n2(cx + rad(i / 28)) " " n2(by - vh * i / 28)
  r = rad(1)
  return d "A" n2(r) " " n2(r * TILT) " 0 0 0 " n2(cx - r) " " n2(by - vh) "Z"
}
# A stripe around the vessel between two heights, bent like its rim.
function band(t0, t1,  d, i, t, r) {
  r = rad(t1); d = "M" n2(cx - r) " " n2(by - vh * t1)
  d = d "A" n2(r) " " n2(r * TILT) " 0 0 0 " n2(cx + r) " " n2(by - vh * t1)
  for (i = 0; i <= 6; i++) { t = lerp(t1, t0, i / 6); d = d "L" n2(cx + rad(t)) " " n2(by - vh * t) }
  r = rad(t0); d = d "A" n2(r) " " n2(r * TILT) " 0 0 1 " n2(cx - r) " " n2(by - vh * t0)
  for (i = 0; i <= 6; i++) { t = lerp(t0, t1, i / 6); d = d "L" n2(cx - rad(t)) " " n2(by - vh * t) }
  return d "Z"
}
function streak(from, to, left, right, k,  d, i, t) {
  for (i = 0; i <= 14; i++) { t = lerp(from, to, i / 14); d = d (i ? "L" : "M") n2(cx + left * rad(t)) " " n2(by - vh * t) }
  for (i = 14; i >= 0; i--) { t = lerp(from, to, i / 14); d = d "L" n2(cx + right * rad(t)) " " n2(by - vh * t) }
  path(d "Z", "#ffffff", "opacity=\"" n2(k) "\" stroke=\"#ffffff\" stroke-width=\"5\" stroke-linejoin=\"round\"")
}
function rim(colour,  r) {
  r = rad(1)
  oval(cx, by - vh, r, r * TILT, darker(colour, .55))
  oval(cx, by - vh + r * TILT * .35, r * .9, r * TILT * .72, darker(colour, .35), "opacity=\".55\"")
  oval(cx, by - vh, r - 1.5, r * TILT - 1, "none", "stroke=\"" lighter(colour, .22) "\" stroke-width=\"" n2(clamp(vw * .035, 2, 5)) "\"")
}
function vessel(colour, shine,  d) {
  d = body()
  path(d, colour)
  path(d, shine > 0 ? "url(#shade)" : "url(#matte)")
  if (shine > 0) { streak(.22, .8, -.68, -.56, .34 * shine); streak(.5, .72, -.46, -.41, .22 * shine) }
  rim(colour)
}
