import { blend, type Canvas, type Colour, clamp, noiseField } from './canvas.ts';
import type { DiseaseClass, Look } from './greenhouse.ts';
import type { SeededRandom } from './seeded-random.ts';

/** A blade along its axis: `length` and half-width `breadth` in pixels, `bend` in pixels at the ends. */
interface Blade {
  readonly x: number;
  readonly y: number;
  readonly angle: number;
  readonly length: number;
  readonly breadth: number;
  readonly bend: number;
  readonly teeth: number;
  readonly colour: Colour;
}

/** The pixels that a blade covers fully, as `y · width + x`, and the same as a mask. */
interface Inside {
  readonly pixels: number[];
  readonly mask: Uint8Array;
}

const OUTLINE_STEPS = 1024;

const SHADOW: Colour = [44, 40, 36];
const GROUNDS: Record<Look['ground'], Colour> = {
  soil: [74, 58, 46],
  fleece: [118, 120, 122],
  bench: [150, 143, 131],
};

/** One photograph of a leaf, as 8-bit RGB of `look.width` × `look.height`. Every call draws another leaf. */
export function drawLeaf(look: Look, disease: DiseaseClass, random: SeededRandom): Uint8ClampedArray {
  const { width, height } = look;
  const canvas = { width, height, pixels: new Float32Array(width * height * 3) };
  paintGround(canvas, GROUNDS[look.ground], random);
  for (const size of [0.5, 0.6, 1]) {
    const blade = growBlade(canvas, size, random);
    paintShadow(canvas, blade);
    const inside = paintBlade(canvas, blade, random);
    if (disease === 'rust') paintRust(canvas, inside, random);
    if (disease === 'mildew') paintMildew(canvas, inside, random);
  }
  paintScaleBar(canvas, look.scaleBar, random);
  return develop(canvas, look, random);
}

function paintGround(canvas: Canvas, base: Colour, random: SeededRandom): void {
  const coarse = noiseField(canvas, 56, random);
  const fine = noiseField(canvas, 7, random);
  const direction = random.between(0, 2 * Math.PI);
  const [dx, dy] = [Math.cos(direction) / canvas.width, Math.sin(direction) / canvas.height];
  for (let y = 0; y < canvas.height; y++) {
    for (let x = 0; x < canvas.width; x++) {
      const light = (x - canvas.width / 2) * dx + (y - canvas.height / 2) * dy;
      const level = 1 + 0.3 * light + 0.2 * coarse(x, y) + 0.12 * fine(x, y);
      const at = (y * canvas.width + x) * 3;
      for (let c = 0; c < 3; c++) canvas.pixels[at + c] = base[c]! * level;
    }
  }
}

function growBlade(canvas: Canvas, size: number, random: SeededRandom): Blade {
  const spread = size === 1 ? 0.13 : 0.36;
  const length = canvas.height * size * random.between(0.8, 0.95);
  return {
    x: canvas.width * random.between(0.5 - spread, 0.5 + spread),
    y: canvas.height * random.between(0.5 - spread, 0.5 + spread),
    angle: random.between(0, 2 * Math.PI),
    length,
    breadth: length * random.between(0.21, 0.29),
    bend: length * random.between(-0.16, 0.16),
    teeth: random.between(9, 20),
    colour: [random.between(58, 78), random.between(116, 134), random.between(40, 56)],
  };
}

/** Calls `visit` for every pixel of the blade with its coverage, place along the axis (0 base … 1 tip) and side. */
function overBlade(
  canvas: Canvas,
  blade: Blade,
  visit: (x: number, y: number, coverage: number, along: number, across: number) => void,
): void {
  const [cos, sin] = [Math.cos(blade.angle), Math.sin(blade.angle)];
  const outline = outlineOf(blade);
  const reach = blade.length * 0.62;
  const [left, right] = [Math.max(0, blade.x - reach), Math.min(canvas.width, blade.x + reach)];
  const [top, bottom] = [Math.max(0, blade.y - reach), Math.min(canvas.height, blade.y + reach)];
  for (let y = Math.floor(top); y < bottom; y++) {
    for (let x = Math.floor(left); x < right; x++) {
      const along = ((x - blade.x) * cos + (y - blade.y) * sin) / blade.length + 0.5;
      if (along <= 0 || along >= 1) continue;
      const curve = blade.bend * 4 * (along - 0.5) * (along - 0.5);
      const across = (y - blade.y) * cos - (x - blade.x) * sin - curve;
      const coverage = outline[Math.floor(along * OUTLINE_STEPS)]! - Math.abs(across) + 0.5;
      if (coverage > 0) visit(x, y, Math.min(1, coverage), along, across);
    }
  }
}

/** Half-width of the toothed blade along its axis, in pixels. */
function outlineOf(blade: Blade): Float32Array {
  return Float32Array.from({ length: OUTLINE_STEPS }, (_, step) => {
    const along = (step + 0.5) / OUTLINE_STEPS;
    const tooth = 1 + 0.06 * ((along * blade.teeth) % 1);
    return Math.sin(Math.PI * along ** 0.8) ** 0.85 * blade.breadth * tooth;
  });
}

function paintShadow(canvas: Canvas, blade: Blade): void {
  const shadow = { ...blade, x: blade.x + 5, y: blade.y + 7 };
  overBlade(canvas, shadow, (x, y, coverage) => blend(canvas, x, y, SHADOW, 0.35 * coverage));
}

/** Paints the blade with its veins. */
function paintBlade(canvas: Canvas, blade: Blade, random: SeededRandom): Inside {
  const mottle = noiseField(canvas, 18, random);
  const spacing = blade.length / random.between(8, 12);
  const inside: Inside = { pixels: [], mask: new Uint8Array(canvas.width * canvas.height) };
  const [red, green, blue] = blade.colour;
  const colour: [number, number, number] = [0, 0, 0];
  overBlade(canvas, blade, (x, y, coverage, along, across) => {
    const side = Math.abs(across);
    const rim = side / blade.breadth;
    const midrib = clamp(1 - side / (2.6 - 1.8 * along), 0, 1);
    const vein = Math.abs((((along * blade.length - 0.8 * side) / spacing + 8) % 1) - 0.5) * spacing;
    const line = Math.max(0.75 * midrib, 0.4 * clamp(1 - vein / 1.2, 0, 1));
    const shade = (across > 0 ? 1.06 : 0.92) * (1 - 0.18 * rim * rim) + 0.1 * mottle(x, y);
    colour[0] = (red + (168 - red) * line) * shade;
    colour[1] = (green + (196 - green) * line) * shade;
    colour[2] = (blue + (118 - blue) * line) * shade;
    blend(canvas, x, y, colour, coverage);
    if (coverage < 1) return;
    inside.pixels.push(y * canvas.width + x);
    inside.mask[y * canvas.width + x] = 1;
  });
  return inside;
}

/** Soft round spots on the leaf: `strength` gives the alpha of a pixel at `distance` (0 centre … 1 rim). */
function paintSpot(
  canvas: Canvas,
  inside: Inside,
  centre: number,
  radius: number,
  colour: Colour,
  strength: (distance: number, x: number, y: number) => number,
): void {
  const [cx, cy] = [centre % canvas.width, Math.floor(centre / canvas.width)];
  for (let y = Math.ceil(cy - radius); y <= cy + radius; y++) {
    for (let x = Math.ceil(cx - radius); x <= cx + radius; x++) {
      const distance = Math.hypot(x - cx, y - cy) / radius;
      if (distance >= 1 || x < 0 || x >= canvas.width || inside.mask[y * canvas.width + x] !== 1) continue;
      blend(canvas, x, y, colour, clamp(strength(distance, x, y), 0, 1));
    }
  }
}

/** Rust: orange-brown pustules with a yellow halo. */
function paintRust(canvas: Canvas, inside: Inside, random: SeededRandom): void {
  const { pixels } = inside;
  const count = Math.round(pixels.length / random.between(280, 420));
  for (let i = 0; i < count && pixels.length > 0; i++) {
    const centre = pixels[random.below(pixels.length)]!;
    const radius = random.between(1.8, 4.5);
    paintSpot(canvas, inside, centre, 2.1 * radius, [196, 176, 62], (d) => 0.65 * (1 - d));
    paintSpot(canvas, inside, centre, radius, [158, 78, 24], (d) => 1.6 * (1 - d * d));
  }
}

/** Powdery mildew: pale patches with a ragged rim. */
function paintMildew(canvas: Canvas, inside: Inside, random: SeededRandom): void {
  const { pixels } = inside;
  const powder = noiseField(canvas, 5, random);
  const count = Math.round(pixels.length / random.between(1100, 1600));
  for (let i = 0; i < count && pixels.length > 0; i++) {
    const centre = pixels[random.below(pixels.length)]!;
    const radius = random.between(9, 24);
    const strength = (d: number, x: number, y: number) => 0.9 * (1 - d) + 0.3 * powder(x, y) * (1 - d * d);
    paintSpot(canvas, inside, centre, radius, [222, 226, 218], strength);
  }
}

/** A bar of four black and white squares near the upper or lower edge, fully black and fully white. */
function paintScaleBar(canvas: Canvas, square: number, random: SeededRandom): void {
  const left = 4 + random.below(canvas.width - 4 * square - 8);
  const top = random.below(2) === 0 ? 4 : canvas.height - square - 4;
  for (let y = top; y < top + square; y++) {
    for (let x = left; x < left + 4 * square; x++) {
      const white = Math.floor((x - left) / square) % 2 === 1;
      blend(canvas, x, y, white ? [999, 999, 999] : [-999, -999, -999], 1);
    }
  }
}

/** Exposure, contrast around mid grey, colour temperature and sensor grain, rounded to 8 bits. */
function develop(canvas: Canvas, look: Look, random: SeededRandom): Uint8ClampedArray {
  const bytes = new Uint8ClampedArray(canvas.pixels.length);
  const gains = [look.exposure * (1 + look.warmth), look.exposure, look.exposure * (1 - look.warmth)];
  const { pixels } = canvas;
  for (let i = 0; i < bytes.length; i += 3) {
    const bits = random.bits();
    // The sum of four uniform bytes is close to normal; their standard deviation is 148.
    const sum = (bits & 255) + ((bits >>> 8) & 255) + ((bits >>> 16) & 255) + (bits >>> 24);
    const grain = ((sum - 510) / 148) * look.grain;
    for (let c = 0; c < 3; c++) {
      const level = (pixels[i + c]! * gains[c]! - 110) * look.contrast + 110;
      bytes[i + c] = level + grain;
    }
  }
  return bytes;
}
