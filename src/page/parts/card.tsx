import type { ComponentChildren } from 'preact';
import { graphql, type ResultOf } from '../graphql.ts';
import { counted, dictionary, useFormat, useWords } from '../language.tsx';
import { EstimateFields, Figured } from './estimate.tsx';
import { IntervalBar } from './interval-bar.tsx';

export const CardFields = graphql(
  `
    fragment CardFields on Card @_unmask {
      kind
      colour
      certainty
      sentence
      imageCount
      unitCount
      unitsNeeded
      headline { ...EstimateFields }
      threshold { origin source limits { amber red worse } }
      caveats { code sentence }
    }
  `,
  [EstimateFields],
);

export type CardData = ResultOf<typeof CardFields>;

/** The sign beside each colour, so that colour never speaks alone. */
const SIGNS = { RED: '✖', AMBER: '▲', GREEN: '✔', GREY: '?' } as const;

const WORDS = dictionary(
  {
    RED: 'Problem',
    AMBER: 'Look here',
    GREEN: 'No problem seen',
    GREY: 'Not enough to tell',
    CONFIRMED: 'confirmed',
    LIKELY: 'likely',
    UNRESOLVED: 'unresolved',
    rests: (images: string, units: string) =>
      `Rests on ${counted(images, 'image')} of ${counted(units, 'unit')}.`,
    change: 'What would change this',
    needed: (units: string) => `About ${units} units would make the interval narrow enough to tell.`,
    better: (side: string) => `An interval wholly ${side} would make it green.`,
    at: (amber: string) => `at ${amber}`,
    above: (amber: string) => `below ${amber}`,
    below: (amber: string) => `above ${amber}`,
    caveats: 'To know besides',
    limits: (amber: string, red: string) => `amber from ${amber}, red from ${red}`,
    thresholds: 'Limits',
    SEEN: 'checked in the source',
    MEMORY: 'from the literature, source not at hand',
    CONVENTION: 'a convention',
    DATASET: 'declared by this dataset',
  },
  {
    RED: 'Problème',
    AMBER: 'À regarder',
    GREEN: 'Aucun problème vu',
    GREY: 'Trop peu pour conclure',
    CONFIRMED: 'confirmé',
    LIKELY: 'probable',
    UNRESOLVED: 'indécis',
    rests: (images: string, units: string) =>
      `Repose sur ${counted(images, 'image')} de ${counted(units, 'unité')}.`,
    change: 'Ce qui changerait ce constat',
    needed: (units: string) => `Environ ${units} unités rendraient l’intervalle assez étroit pour conclure.`,
    better: (side: string) => `Un intervalle entièrement ${side} le rendrait vert.`,
    at: (amber: string) => `à ${amber}`,
    above: (amber: string) => `sous ${amber}`,
    below: (amber: string) => `au-dessus de ${amber}`,
    caveats: 'À savoir aussi',
    limits: (amber: string, red: string) => `orange à partir de ${amber}, rouge à partir de ${red}`,
    thresholds: 'Seuils',
    SEEN: 'vérifiés dans la source',
    MEMORY: 'de la littérature, source non consultée',
    CONVENTION: 'une convention',
    DATASET: 'déclarés par ce jeu de données',
  },
);

/** A finding as a person reads it first (specification of statistics §8). Grey is as large as red. */
export function Card({ card, children }: { card: CardData; children?: ComponentChildren }) {
  const words = useWords(WORDS);
  const format = useFormat();
  const marks = card.threshold.limits.flatMap(({ amber, red }) => [amber, red]);
  return (
    <article class={`card ${card.colour.toLowerCase()}`} id={card.kind}>
      <header>
        <span class="sign" aria-hidden="true">
          {SIGNS[card.colour]}
        </span>
        <strong>{words[card.colour]}</strong> <span class="certainty">{words[card.certainty]}</span>{' '}
        <code>{card.kind}</code>
      </header>
      <p class="sentence" lang="en">
        {card.sentence}
      </p>
      <IntervalBar estimate={card.headline} marks={marks} />
      <p>
        <Figured estimate={card.headline} withCounts={false} />
      </p>
      <p class="rests">{words.rests(format.whole(card.imageCount), format.whole(card.unitCount))}</p>
      <Change card={card} />
      {card.caveats.length > 0 && (
        <details>
          <summary>{`${words.caveats} (${card.caveats.length})`}</summary>
          <ul lang="en">
            {card.caveats.map(({ code, sentence }) => (
              <li key={code}>{sentence}</li>
            ))}
          </ul>
        </details>
      )}
      <details>
        <summary>{words.thresholds}</summary>
        {card.threshold.limits.map(({ amber, red, worse }) => (
          <p key={worse}>{words.limits(format.figure(amber), format.figure(red))}</p>
        ))}
        <p>
          <span lang="en">{card.threshold.source}</span> ({words[card.threshold.origin]})
        </p>
      </details>
      {children}
    </article>
  );
}

function Change({ card }: { card: CardData }) {
  const words = useWords(WORDS);
  const format = useFormat();
  const sides = card.threshold.limits.map(({ amber, worse }) => {
    const limit = format.figure(amber);
    // Nothing that is counted lies below none of it.
    if (amber === 0 && worse === 'ABOVE') return words.at(limit);
    return worse === 'ABOVE' ? words.above(limit) : words.below(limit);
  });
  const sentence =
    card.unitsNeeded !== null
      ? words.needed(format.whole(card.unitsNeeded))
      : card.colour === 'GREEN'
        ? null
        : words.better(sides.join(' · '));
  return sentence ? (
    <p class="change">
      <strong>{words.change}</strong> — {sentence}
    </p>
  ) : null;
}
