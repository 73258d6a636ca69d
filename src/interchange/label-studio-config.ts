import { escapeXml } from '../kernel/escape-xml.ts';
import { labelStudioShape } from './label-studio-geometry.ts';

const CONTROLS: Readonly<Record<string, string>> = {
  rectangle: 'Rectangle',
  polygon: 'Polygon',
  ellipse: 'Ellipse',
  keypoint: 'KeyPoint',
  brush: 'Brush',
};

/** The labelling interface that shows results of these controls, by the name and the type of each. */
export function labelStudioConfig(controls: ReadonlyMap<string, string>, classes: readonly string[]): string {
  const labels = (tag: string) => classes.map((name) => `    <${tag} value="${escapeXml(name)}"/>`);
  const rows = [...controls].flatMap(([control, type]) => {
    const name = escapeXml(control);
    const shape = labelStudioShape(type);
    if (shape !== null && type === shape) return [`  <${CONTROLS[shape]} name="${name}" toName="image"/>`];
    if (shape !== null) {
      const tag = `${CONTROLS[shape]}Labels`;
      return [`  <${tag} name="${name}" toName="image">`, ...labels('Label'), `  </${tag}>`];
    }
    if (type === 'choices') {
      return [
        `  <Choices name="${name}" toName="image" choice="multiple">`,
        ...labels('Choice'),
        '  </Choices>',
      ];
    }
    return [`  <${type === 'number' ? 'Number' : 'TextArea'} name="${name}" toName="image"/>`];
  });
  return ['<View>', '  <Image name="image" value="$image"/>', ...rows, '</View>', ''].join('\n');
}
