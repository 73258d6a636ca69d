import { useState } from 'preact/hooks';
import { graphql } from '../../graphql.ts';
import { dictionary, useWords } from '../../language.tsx';
import { RefusalFields, useAct } from '../../parts/act.tsx';
import { Confirm } from '../../parts/confirm.tsx';
import { ROLES, type Role } from './access-queries.ts';

const WORDS = dictionary(
  {
    open: 'Grant a role…',
    title: (name: string) => `Grant ${name} a role`,
    verb: 'Grant',
    role: 'Role',
    dataset: 'Dataset (empty: the whole instance)',
    until: 'Until (empty: no end)',
    VIEWER: 'Reads datasets and fetches snapshots, without pixels',
    READER: 'Reads datasets and pixels, fetches snapshots',
    ANNOTATOR: 'Reads, and records annotations',
    REVIEWER: 'Reads, and reviews what others propose to publish',
    CURATOR: 'Imports, excludes, splits and publishes; reads restricted metadata',
    STEWARD: 'Declares terms and rules, withdraws, sees who fetched what',
    AUDITOR: 'Reads datasets without pixels, and the audit log',
    ADMINISTRATOR: 'Everything, with access and audit',
    everywhere: 'On every dataset of this instance, those to come too.',
    there: (dataset: string) => `On the dataset ${dataset} alone.`,
  },
  {
    open: 'Accorder un rôle…',
    title: (name: string) => `Accorder un rôle à ${name}`,
    verb: 'Accorder',
    role: 'Rôle',
    dataset: 'Jeu de données (vide : toute l’instance)',
    until: 'Jusqu’au (vide : sans fin)',
    VIEWER: 'Lit les jeux et récupère les instantanés, sans pixels',
    READER: 'Lit les jeux et les pixels, récupère les instantanés',
    ANNOTATOR: 'Lit, et enregistre des annotations',
    REVIEWER: 'Lit, et évalue ce que d’autres proposent de publier',
    CURATOR: 'Importe, exclut, partitionne et publie ; lit les métadonnées restreintes',
    STEWARD: 'Déclare conditions et règles, retire, voit qui a récupéré quoi',
    AUDITOR: 'Lit les jeux sans pixels, et le journal d’audit',
    ADMINISTRATOR: 'Tout, avec les accès et l’audit',
    everywhere: 'Sur tous les jeux de cette instance, ceux à venir aussi.',
    there: (dataset: string) => `Sur le seul jeu ${dataset}.`,
  },
);

const Grant = graphql(
  `
    mutation GrantRole($input: RoleInput!, $expiresAt: DateTimeISO) {
      grantRole(input: $input, expiresAt: $expiresAt) {
        __typename
        ... on GrantedRole { principal role }
        ... on Problem { ...RefusalFields }
      }
    }
  `,
  [RefusalFields],
);

export function GrantRole({ principal, done }: { principal: string; done(): void }) {
  const words = useWords(WORDS);
  const [isOpen, setOpen] = useState(false);
  const [role, setRole] = useState<Role>('READER');
  const [dataset, setDataset] = useState('');
  const [until, setUntil] = useState('');
  const { run, isRunning, refusal, forget } = useAct(Grant);
  const close = () => {
    forget();
    setOpen(false);
  };
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        {words.open}
      </button>
      <Confirm
        title={words.title(principal)}
        verb={words.verb}
        isOpen={isOpen}
        isRunning={isRunning}
        refusal={refusal}
        onCancel={close}
        onConfirm={async () => {
          const input = { principal, role, dataset: dataset.trim() || null };
          const expiresAt = until ? new Date(until).toISOString() : null;
          if (!(await run({ input, expiresAt }))) return;
          close();
          done();
        }}
      >
        <label>
          <span>{words.role}</span>
          <select value={role} onChange={(event) => setRole(event.currentTarget.value as Role)}>
            {ROLES.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <p>{words[role]}.</p>
        <label>
          <span>{words.dataset}</span>
          <input value={dataset} onInput={(event) => setDataset(event.currentTarget.value)} />
        </label>
        <p>{dataset.trim() ? words.there(dataset.trim()) : words.everywhere}</p>
        <label>
          <span>{words.until}</span>
          <input type="date" value={until} onInput={(event) => setUntil(event.currentTarget.value)} />
        </label>
      </Confirm>
    </>
  );
}
