import type { Colour } from './colour.ts';

/** The colour of a report: the worst of its headlines; GREY loses to RED and AMBER and wins over GREEN; none: GREY. */
export function worstColour(colours: readonly Colour[]): Colour {
  const order: readonly Colour[] = ['RED', 'AMBER', 'GREY', 'GREEN'];
  return order.find((colour) => colours.includes(colour)) ?? 'GREY';
}
