import { dictionary, useWords } from '../language.tsx';

const WORDS = dictionary(
  { title: 'Nothing is at this address', back: 'To the datasets' },
  { title: 'Il n’y a rien à cette adresse', back: 'Aux jeux de données' },
);

export function Nowhere() {
  const words = useWords(WORDS);
  return (
    <>
      <h1>{words.title}</h1>
      <p>
        <a href="/">{words.back}</a>
      </p>
    </>
  );
}
