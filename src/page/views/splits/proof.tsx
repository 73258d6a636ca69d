import { graphql } from '../../graphql.ts';
import { dictionary, useWords } from '../../language.tsx';
import { Asked } from '../../parts/asked.tsx';
import { FileLink } from '../../parts/file-link.tsx';

const WORDS = dictionary(
  {
    title: 'Certificate',
    digest: 'Digest of the certificate',
    colour: 'The worst of its judgements',
    files: 'To hand on',
    manifest: 'Who goes where, with all that a stranger needs to recompute it',
    RED: '✖ Problem',
    AMBER: '▲ Look here',
    GREEN: '✔ No problem seen',
    GREY: '? Not enough to tell',
  },
  {
    title: 'Certificat',
    digest: 'Empreinte du certificat',
    colour: 'Le plus sévère de ses constats',
    files: 'À transmettre',
    manifest: 'Qui va où, avec tout ce qu’il faut à un tiers pour le recalculer',
    RED: '✖ Problème',
    AMBER: '▲ À regarder',
    GREEN: '✔ Aucun problème vu',
    GREY: '? Trop peu pour conclure',
  },
);

const SplitProof = graphql(`
  query SplitProof($dataset: String!, $name: String!) {
    dataset(slug: $dataset) {
      split(name: $name) {
        id
        certificate { proof { address colour digest heading manifest statements } }
      }
    }
  }
`);

const FORMATS = ['html', 'md', 'json'] as const;

/** What is certified of a frozen split: the same everywhere, under one digest. */
export function Proof({ dataset, split }: { dataset: string; split: string }) {
  const words = useWords(WORDS);
  return (
    <>
      <h2>{words.title}</h2>
      <Asked query={SplitProof} variables={{ dataset, name: split }}>
        {({ dataset: held }) => {
          const proof = held.split?.certificate.proof;
          if (!proof) return null;
          return (
            <>
              <p class="sentence" lang="en">
                <strong>{proof.heading}.</strong>
              </p>
              <ul lang="en">
                {proof.statements.map((statement) => (
                  <li key={statement}>{statement}</li>
                ))}
              </ul>
              <dl class="facts">
                <dt>{words.colour}</dt>
                <dd>{words[proof.colour]}</dd>
                <dt>{words.digest}</dt>
                <dd class="digest">{proof.digest}</dd>
                <dt>{words.files}</dt>
                <dd>
                  {FORMATS.map((format, place) => (
                    <span key={format}>
                      {place > 0 && ' · '}
                      <FileLink
                        address={`${proof.address}.${format}`}
                        name={`${dataset}-${split}-certificate.${format}`}
                        label={`certificate.${format}`}
                      />
                    </span>
                  ))}
                </dd>
                <dt>{words.manifest}</dt>
                <dd>
                  <FileLink
                    address={proof.manifest}
                    name={`${dataset}-${split}.jsonl`}
                    label={proof.manifest}
                  />
                </dd>
              </dl>
            </>
          );
        }}
      </Asked>
    </>
  );
}
