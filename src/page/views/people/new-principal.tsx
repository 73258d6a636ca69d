import { useState } from 'preact/hooks';
import { graphql } from '../../graphql.ts';
import { dictionary, useWords } from '../../language.tsx';
import { RefusalFields, useAct } from '../../parts/act.tsx';
import { Confirm } from '../../parts/confirm.tsx';

const WORDS = dictionary(
  {
    open: 'New account…',
    title: 'New account',
    verb: 'Create',
    name: 'Name (a–z, 0–9, “.”, “_”, “-”)',
    kind: 'Kind',
    HUMAN: 'A person',
    MACHINE: 'A machine: a training script, an importer, a dashboard',
    nothing: 'It may do nothing yet, until it is granted a role and issued a token.',
  },
  {
    open: 'Nouveau compte…',
    title: 'Nouveau compte',
    verb: 'Créer',
    name: 'Nom (a–z, 0–9, « . », « _ », « - »)',
    kind: 'Genre',
    HUMAN: 'Une personne',
    MACHINE: 'Une machine : un script d’entraînement, un importateur, un tableau de bord',
    nothing: 'Il ne peut encore rien, tant qu’on ne lui accorde ni rôle ni jeton.',
  },
);

const Create = graphql(
  `
    mutation CreatePrincipal($input: CreatePrincipalInput!) {
      createPrincipal(input: $input) {
        __typename
        ... on Principal { name }
        ... on Problem { ...RefusalFields }
      }
    }
  `,
  [RefusalFields],
);

export function NewPrincipal({ done }: { done(): void }) {
  const words = useWords(WORDS);
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [kind, setKind] = useState<'HUMAN' | 'MACHINE'>('HUMAN');
  const { run, isRunning, refusal, forget } = useAct(Create);
  const close = () => {
    forget();
    setOpen(false);
    setName('');
  };
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        {words.open}
      </button>
      <Confirm
        title={words.title}
        verb={words.verb}
        isOpen={isOpen}
        isRunning={isRunning}
        refusal={refusal}
        onCancel={close}
        onConfirm={async () => {
          if (!(await run({ input: { name, kind } }))) return;
          close();
          done();
        }}
      >
        <label>
          <span>{words.name}</span>
          <input value={name} required onInput={(event) => setName(event.currentTarget.value)} />
        </label>
        <label>
          <span>{words.kind}</span>
          <select
            value={kind}
            onChange={(event) => setKind(event.currentTarget.value as 'HUMAN' | 'MACHINE')}
          >
            <option value="HUMAN">{words.HUMAN}</option>
            <option value="MACHINE">{words.MACHINE}</option>
          </select>
        </label>
        <p>{words.nothing}</p>
      </Confirm>
    </>
  );
}
