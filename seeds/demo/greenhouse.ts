/** The words of the simulated greenhouse. */
export const SITES = ['north', 'south', 'east'] as const;
export const CLASSES = ['healthy', 'rust', 'mildew'] as const;
export const STAGES = ['seedling', 'vegetative', 'flowering'] as const;
export const CAMERAS = ['camera-1', 'camera-2', 'camera-3', 'camera-4', 'camera-5', 'camera-6'] as const;
export const OPERATORS = ['operator-1', 'operator-2', 'operator-3'] as const;
export const TRAYS = ['tray-1', 'tray-2', 'tray-3'] as const;
export const LAMPS = ['lamp-1', 'lamp-2', 'lamp-3'] as const;
export const RATERS = ['rater-1', 'rater-2', 'rater-3', 'rater-4'] as const;
/** One day a session; the local clock of the greenhouse, no zone. */
export const SESSION_DAYS = [
  '2025-05-05',
  '2025-05-12',
  '2025-05-19',
  '2025-05-26',
  '2025-06-02',
  '2025-06-09',
] as const;

export type Site = (typeof SITES)[number];
export type DiseaseClass = (typeof CLASSES)[number];

export interface Plant {
  readonly subject: string;
  readonly site: Site;
  readonly disease: DiseaseClass;
  /** Coordinates in F₃⁵: site, class, two free ones, sowing batch (see `planPlants`). */
  readonly point: readonly number[];
}

/** How a photograph is rendered: everything that a quality measure can see, each at one of three levels. */
export interface Look {
  readonly width: number;
  readonly height: number;
  readonly ground: 'soil' | 'fleece' | 'bench';
  readonly exposure: number;
  readonly contrast: number;
  readonly warmth: number;
  /** Amplitude of the sensor's grain, in grey levels. */
  readonly grain: number;
  /** Standard deviation of the optical blur, in pixels. */
  readonly blur: number;
  /** Side of one square of the black-and-white scale bar, in pixels. */
  readonly scaleBar: number;
  readonly lossless: boolean;
}

export interface Photograph {
  readonly image: string;
  readonly plant: Plant;
  readonly device: string;
  readonly operator: string;
  /** Index into `SESSION_DAYS`. */
  readonly session: number;
  readonly capturedAt: string;
  readonly stage: string;
  /** Declared factors: where the plant stood that day, and under which lamp. */
  readonly tray: string;
  readonly lamp: string;
  readonly look: Look;
  /** Set on a copy: the image it was made from, and whether the bytes are the same or merely the view. */
  readonly copy?: { readonly of: string; readonly kind: 'exact' | 'near' };
}

export interface Exclusion {
  readonly image: string;
  readonly stage: string;
  readonly reason: string;
}

export interface Label {
  readonly image: string;
  readonly annotator: string;
  readonly label: DiseaseClass;
  readonly annotatedAt: string;
  readonly seconds: number;
}
