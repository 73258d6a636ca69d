import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { camtrapResources, readCamtrapDp } from '../../src/interchange/camtrap-dp.codec.ts';
import { isShared, shared } from '../support/shared.ts';

const MEDIA = `mediaID,deploymentID,captureMethod,timestamp,filePath,filePublic,fileName,fileMediatype
m1,d1,activityDetection,2021-04-05T21:08:33+02:00,https://example.org/m1,true,A.JPG,image/jpeg
m2,d1,activityDetection,2021-04-05T21:08:34+02:00,https://example.org/m2,false,A.JPG,image/jpeg
m3,d2,timeLapse,yesterday,media/C.JPG,true,C.JPG,image/jpeg`;
const DEPLOYMENTS = `deploymentID,locationID,locationName,latitude,longitude,cameraID,setupBy,habitat
d1,l1,brook,51.2,5.6,315,Given Family,marsh`;
const OBSERVATIONS = `observationID,mediaID,eventID,observationLevel,observationType,scientificName,count,bboxX,bboxY,bboxWidth,bboxHeight,classificationMethod,classifiedBy,classificationProbability,classificationTimestamp
o0,,e1,event,animal,Ardea,1,,,,,machine,model 1,0.9,
o1,m1,e1,media,animal,Ardea,1,0.25,0.5,0.5,0.25,machine,model 1,0.9,2021-07-05T11:43:57+02:00
o2,m1,e1,media,animal,Ardea cinerea,2,,,,,human,Given Family,,
o3,m2,e1,media,blank,,,,,,,human,Given Family,,
o4,m3,e2,media,unclassified,,,,,,,human,Given Family,,
o5,m9,e2,media,vehicle,,,,,,,human,Given Family,,`;
const read = (sizes?: Map<string, { width: number; height: number }>) =>
  readCamtrapDp({ media: MEDIA, deployments: DEPLOYMENTS, observations: OBSERVATIONS }, '1.0.2', {
    annotator: null,
    sizes,
  });

describe('a Camtrap DP package', () => {
  it('gives media as images, named apart, with an address only where they are public', () => {
    const { images } = read();
    expect(images.map(({ name, address }) => [name, address])).toEqual([
      ['m1/A.JPG', 'https://example.org/m1'],
      ['m2/A.JPG', undefined],
      ['media/C.JPG', undefined],
    ]);
  });

  it('takes how they were captured from deployment and event, the time with its offset as written', () => {
    const { acquisition, refused, factors } = read();
    const columns = Object.fromEntries(acquisition[0]!.columns.map(({ name, value }) => [name, value]));
    expect(columns).toMatchObject({
      capturedAt: '2021-04-05T21:08:33+02:00',
      site: 'brook',
      device: '315',
      session: 'd1',
      eventID: 'e1',
      habitat: 'marsh',
    });
    expect(factors.map(({ name }) => name)).toEqual(['captureMethod', 'eventID', 'habitat']);
    expect(refused).toContainEqual(expect.objectContaining({ where: 'media row 4', field: 'capturedAt' }));
  });

  it('keeps what machines and people say apart, with confidence, and blank as seen and empty', () => {
    const plan = read(new Map([['m1/A.JPG', { width: 200, height: 100 }]]));
    expect(
      plan.annotations.map(({ annotator, kind, label, confidence }) => [annotator, kind, label, confidence]),
    ).toEqual([
      ['model 1', 'BOX', 'Ardea', '0.9'],
      ['Given Family', 'CLASS', 'Ardea cinerea', null],
      ['Given Family', 'EMPTY', null, null],
    ]);
    expect(plan.annotators).toEqual([{ name: 'model 1', kind: 'MODEL', expertise: null }]);
    expect(plan.annotations[0]).toMatchObject({
      geometry: { kind: 'BOX', x: '50', y: '50', width: '100', height: '25' },
      annotatedAt: '2021-07-05T09:43:57Z',
    });
  });

  it('refuses a box of an image of unknown size, and keeps the class with the shares as written', () => {
    const plan = read();
    expect(plan.refused).toContainEqual(
      expect.objectContaining({ where: 'observations row 3', field: 'bbox', code: 'INVALID_VALUE' }),
    );
    expect(plan.annotations[0]).toMatchObject({ kind: 'CLASS', label: 'Ardea' });
    expect(plan.annotations[0]!.attributes).toContainEqual({ name: 'bboxWidth', value: '0.5' });
  });

  it('names what it does not take: events, what is not classified, media that are not there', () => {
    const plan = read();
    expect(plan.notes.map(({ message }) => message).join('\n')).toMatch(
      /1 are of whole events[\s\S]*1 media are not classified/,
    );
    expect(plan.refused).toContainEqual(expect.objectContaining({ code: 'UNKNOWN_IMAGE' }));
  });

  it('names its tables and version in datapackage.json', () => {
    const resources = ['media', 'deployments', 'observations'].map((name) => ({ name, path: `${name}.csv` }));
    const profile = 'https://raw.githubusercontent.com/tdwg/camtrap-dp/1.0.2/camtrap-dp-profile.json';
    expect(camtrapResources(JSON.stringify({ profile, resources }))).toEqual({
      version: '1.0.2',
      paths: { media: 'media.csv', deployments: 'deployments.csv', observations: 'observations.csv' },
    });
    expect(() => camtrapResources('{"resources": []}')).toThrow(/no file for the table media/);
  });

  it.skipIf(!isShared('data', 'camtrap_dp_mica'))(
    'is read whole as the MICA example: 20 labels of a model, 493 of people',
    () => {
      const text = (name: string) => readFileSync(shared('data', 'camtrap_dp_mica', name), 'utf8');
      const plan = readCamtrapDp(
        {
          media: text('media.csv'),
          deployments: text('deployments.csv'),
          observations: text('observations.csv'),
        },
        '1.0.2',
        { annotator: null },
      );
      expect(plan.images).toHaveLength(423);
      const model = plan.annotations.filter(({ annotator }) => annotator === plan.annotators[0]!.name);
      expect([model.length, plan.annotations.length]).toEqual([20, 513]);
      expect(plan.refused.filter(({ field }) => field === 'bbox')).toHaveLength(20);
      expect(plan.refused).toHaveLength(20);
    },
  );
});
