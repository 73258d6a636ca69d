/** How ratings may be laid out: see docs/imports.md. */
export const RATING_LAYOUTS = ['long', 'wide', 'counts', 'patterns', 'nested'] as const;
export type RatingLayout = (typeof RATING_LAYOUTS)[number];
