/** An affine map as SVG writes it: x′ = a·x + c·y + e, y′ = b·x + d·y + f. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

export interface DisplayedFrame {
  readonly width: number;
  readonly height: number;
  /** From the stored-pixel frame, in which labels are kept, to what is seen. */
  readonly matrix: Matrix;
}

/** How an image of this EXIF orientation (1 to 8; Exif 2.32, tag 0x0112) is seen: previews are turned, labels are not. */
export function displayedFrame(width: number, height: number, orientation: number | null): DisplayedFrame {
  const upright = { width, height };
  const turned = { width: height, height: width };
  switch (orientation) {
    case 2:
      return { ...upright, matrix: [-1, 0, 0, 1, width, 0] };
    case 3:
      return { ...upright, matrix: [-1, 0, 0, -1, width, height] };
    case 4:
      return { ...upright, matrix: [1, 0, 0, -1, 0, height] };
    case 5:
      return { ...turned, matrix: [0, 1, 1, 0, 0, 0] };
    case 6:
      return { ...turned, matrix: [0, 1, -1, 0, height, 0] };
    case 7:
      return { ...turned, matrix: [0, -1, -1, 0, height, width] };
    case 8:
      return { ...turned, matrix: [0, -1, 1, 0, 0, width] };
    default:
      return { ...upright, matrix: [1, 0, 0, 1, 0, 0] };
  }
}
