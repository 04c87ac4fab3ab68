# Sage: three shelves slide past at their own pace; the evening sun crosses them; one bowl is spoken for.

function ware(kind, x, y, size, colour) {
  shadow(x, y + 2, size * .62, 9, .7)
  if (kind == 0) pot(VASE, x, y, size * 1.42, size * .5)
  else if (kind == 1) pot(BOWL, x, y, size * .62, size * .62)
  else if (kind == 2) pot(CUP, x, y, size * .72, size * .42)
  else if (kind == 3) pot(BOTTLE, x, y, size * 1.6, size * .46)
  else if (kind == 4) pot(JAR, x, y, size * .95, size * .52)
  else pot(PLANTER, x, y, size * .8, size * .52)
  vessel(colour, kind == 5 ? 0 : 1)
  if (kind == 4) { oval(x, y - size * .95, size * .4, size * .075, darker(colour, .2)); oval(x, y - size * .99, size * .36, size * .065, lighter(colour, .12)); oval(x, y - size * 1.06, size * .09, size * .075, colour) }
  if (kind == 5) { open(clip(body())); path(band(.55, .72), "#f4efe2", "opacity=\".75\""); shut() }
}
function leaves(x, y, size,  i, a) {
  for (i = 0; i < 7; i++) {
    a = -80 + i * 26.5
    emit("<path d=\"M0 0C" n2(-size * .2) " " n2(-size * .4) " " n2(-size * .12) " " n2(-size * .85) " 0 " n2(-size) "C" n2(size * .12) " " n2(-size * .85) " " n2(size * .2) " " n2(-size * .4) " 0 0Z\" fill=\"" (i % 2 ? "#5d7a58" : "#48664a") "\" transform=\"translate(" n2(x) " " n2(y) ") rotate(" n2(a + 3 * sin(now * 1.6 + i)) ")\"/>")
  }
}
function row(y, size, gap, shift, salt, lift,  i, x, c, k, kind) {
  for (i = -1; i < 14; i++) {
    x = 70 + i * gap - shift
    if (x < -150 || x > 690) continue
    k = hash(i * 3 + salt); kind = (i * 2 + salt + int(hash(i + salt) * 2)) % 6; if (kind < 0) kind += 6
    c = k < .2 ? "#f0e7d6" : k < .38 ? "#7d9a86" : k < .56 ? "#c98a63" : k < .72 ? "#3f5c52" : k < .86 ? "#d9b2a4" : "#e3c887"
    if (kind == 5) leaves(x, y - size * .74, size * .8)
    ware(kind, x, y - (lift && i == 5 ? lift : 0), size * (.92 + .16 * hash(i + 70)), c)
  }
}
function board(y) {
  rect(-10, y, 560, 20, "#a9855f"); rect(-10, y, 560, 5, "#c4a27c"); rect(-10, y + 20, 560, 14, "#44583f", 0, "opacity=\".28\"")
}
function paint(s,  x, k, i, tag) {
  now = s
  backdrop("#c3d0b9", "#9db093")
  # A window's light, moving with the afternoon
  x = lerp(-260, 300, s / 7)
  for (i = 0; i < 2; i++)
    path("M" n2(x + i * 190) " 210L" n2(x + 160 + i * 190) " 210L" n2(x + 330 + i * 190) " 960L" n2(x + 170 + i * 190) " 960Z", "#fdf6dc", "opacity=\".34\"")
  board(420); row(420, 92, 138, s * 34 + 10, 5, 0)
  board(632); row(632, 104, 152, 240 - s * 40, 2, 0)
  board(846)
  row(846, 116, 172, s * 62 + 60, 9, 0)
  # Light on the pots too, thin
  path("M" n2(x + 40) " 210L" n2(x + 130) " 210L" n2(x + 300) " 960L" n2(x + 200) " 960Z", "#fff6d6", "opacity=\".16\"")
  # The tag swings from the middle shelf
  k = bounce(part(s, 3.4, 5.2))
  if (s > 3.4) {
    open("transform=\"translate(404 640) rotate(" n2(18 * (1 - part(s, 3.4, 6.4)) * sin(s * 6)) ") scale(" n2(k) ")\"")
    line(0, 0, 0, 34, "#5b4a38", 2.5)
    rect(-62, 34, 124, 62, "#fbf4e4", 8); oval(0, 46, 4.5, 4.5, "#9db093")
    words(0, 79, 22, "#8c4a33", "seconds", 700, "middle")
    shut()
  }
  headline(s, .1, 3.2, "#2f4234", "Shelf check", "everything here is one of one")
  headline(s, 3.5, 99, "#2f4234", "Saturday, ten o&#8217;clock", "small flaws, small prices")
  rect(0, 866, W, 94, "#5f7559"); signature("#eef3e6", .95)
}
