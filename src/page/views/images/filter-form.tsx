import { dictionary, useWords } from '../../language.tsx';
import type { ImageFilter } from './image-filter.ts';

const WORDS = dictionary(
  {
    filter: 'Which images',
    state: 'State',
    kept: 'Kept',
    excluded: 'Excluded',
    all: 'All',
    name: 'Name contains',
    class: 'Class',
    any: 'any',
    factor: 'Factor',
    value: 'Value (empty: missing)',
    disagreement: 'Raters disagree',
    quality: 'Quality measure',
    least: 'At least',
    most: 'At most',
    show: 'Show',
  },
  {
    filter: 'Quelles images',
    state: 'État',
    kept: 'Gardées',
    excluded: 'Exclues',
    all: 'Toutes',
    name: 'Le nom contient',
    class: 'Classe',
    any: 'peu importe',
    factor: 'Facteur',
    value: 'Valeur (vide : manquante)',
    disagreement: 'Les annotateurs sont en désaccord',
    quality: 'Mesure de qualité',
    least: 'Au moins',
    most: 'Au plus',
    show: 'Afficher',
  },
);

interface FilterFormProps {
  filter: ImageFilter;
  classes: readonly string[];
  factors: readonly string[];
  measures: readonly string[];
  apply(filter: ImageFilter): void;
}

export function FilterForm({ filter, classes, factors, measures, apply }: FilterFormProps) {
  const words = useWords(WORDS);
  const [factor = '', value = ''] = filter.factors[0]?.split(/=(.*)/s) ?? [];
  return (
    <form
      class="toolbar"
      aria-label={words.filter}
      onSubmit={(event) => {
        event.preventDefault();
        apply(filterOfForm(new FormData(event.currentTarget)));
      }}
    >
      <label>
        <span>{words.state}</span>
        <select name="kept">
          <option value="true">{words.kept}</option>
          <option value="false" selected={filter.kept === false}>
            {words.excluded}
          </option>
          <option value="all" selected={filter.kept === null}>
            {words.all}
          </option>
        </select>
      </label>
      <label>
        <span>{words.name}</span>
        <input name="name" defaultValue={filter.name} />
      </label>
      <Choice name="class" label={words.class} options={classes} chosen={filter.classes[0] ?? ''} />
      <Choice name="factor" label={words.factor} options={factors} chosen={factor} />
      <label>
        <span>{words.value}</span>
        <input name="value" defaultValue={value} />
      </label>
      {filter.factors.slice(1).map((further) => (
        <label key={further} class="check">
          <input name="further" type="checkbox" value={further} defaultChecked /> {further}
        </label>
      ))}
      <Choice name="quality" label={words.quality} options={measures} chosen={filter.quality} />
      <label>
        <span>{words.least}</span>
        <input name="least" type="number" step="any" defaultValue={filter.least} />
      </label>
      <label>
        <span>{words.most}</span>
        <input name="most" type="number" step="any" defaultValue={filter.most} />
      </label>
      <label class="check">
        <input name="disagreement" type="checkbox" defaultChecked={filter.disagreement} />{' '}
        {words.disagreement}
      </label>
      <button type="submit" class="primary">
        {words.show}
      </button>
    </form>
  );
}

function Choice({
  name,
  label,
  options,
  chosen,
}: {
  name: string;
  label: string;
  options: readonly string[];
  chosen: string;
}) {
  const words = useWords(WORDS);
  return (
    <label>
      <span>{label}</span>
      <select name={name}>
        <option value="">{words.any}</option>
        {[...new Set([...options, chosen])].filter(Boolean).map((option) => (
          <option key={option} value={option} selected={option === chosen}>
            {option}
          </option>
        ))}
      </select>
    </label>
  );
}

function filterOfForm(form: FormData): ImageFilter {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const kept = text('kept');
  return {
    kept: kept === 'all' ? null : kept === 'true',
    name: text('name'),
    classes: text('class') ? [text('class')] : [],
    factors: [
      ...(text('factor') ? [`${text('factor')}=${text('value')}`] : []),
      ...form.getAll('further').map(String),
    ],
    disagreement: form.has('disagreement'),
    quality: text('quality'),
    least: text('least'),
    most: text('most'),
  };
}
