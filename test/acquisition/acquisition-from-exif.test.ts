import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acquisitionFromExif } from '../../src/acquisition/acquisition-from-exif.ts';
import { COLUMN_NAMES, RESTRICTED_NAMES } from '../../src/acquisition/acquisition-values.ts';
import { CANONICAL_DECIMAL } from '../../src/kernel/decimal.ts';
import type { ExifTags } from '../../src/kernel/image-facts.ts';

const tags = (some: Partial<ExifTags>): ExifTags => ({
  image: {},
  photo: {},
  gps: {},
  makerNoteBytes: 0,
  ...some,
});
const columns = (some: Partial<ExifTags>) => acquisitionFromExif(tags(some)).columns;
const restricted = (some: Partial<ExifTags>) => acquisitionFromExif(tags(some)).restricted;
const taken = (photo: ExifTags['photo']) =>
  columns({ photo: { DateTimeOriginal: '2008:10:22 16:28:39', ...photo } }).capturedAt;

describe('the time of capture', () => {
  it('has no zone when the camera recorded none', () => {
    expect(taken({})).toBe('2008-10-22T16:28:39');
  });

  it('has the offset that the camera recorded, and its fraction of a second', () => {
    expect(taken({ OffsetTimeOriginal: '+02:00', SubSecTimeOriginal: '07' })).toBe(
      '2008-10-22T16:28:39.07+02:00',
    );
  });

  it('is absent when it is zeroed, impossible or not in the form of the standard', () => {
    for (const DateTimeOriginal of [
      '0000:00:00 00:00:00',
      '2008:02:30 10:00:00',
      '2008:13:01 10:00:00',
      '22/10/2008',
    ]) {
      expect(taken({ DateTimeOriginal })).toBeUndefined();
    }
  });

  it('is not taken from the time at which the file was changed or scanned', () => {
    const at = '2008:10:22 16:28:39';
    expect(columns({ image: { DateTime: at }, photo: { DateTimeDigitized: at } })).toEqual({});
  });
});

describe('the device', () => {
  it('is make and model, the make once', () => {
    expect(columns({ image: { Make: 'Canon', Model: 'Canon EOS 40D' } }).device).toBe('Canon EOS 40D');
    expect(columns({ image: { Make: 'NIKON CORPORATION', Model: 'NIKON D70' } }).device).toBe('NIKON D70');
    expect(columns({ image: { Make: 'FUJIFILM', Model: 'X-T2' } }).device).toBe('FUJIFILM X-T2');
    expect(columns({ image: { Make: 'RECONYX' } }).device).toBe('RECONYX');
  });
});

describe('light and distance', () => {
  it('name the flash when it fired, else the light source, and the weather where it is one', () => {
    expect(columns({ photo: { Flash: 0x19, LightSource: 10 } })).toEqual({
      illumination: 'flash',
      weather: 'cloudy',
    });
    expect(columns({ photo: { Flash: 0x10, LightSource: 2 } })).toEqual({ illumination: 'fluorescent' });
    expect(columns({ photo: { LightSource: 0 } })).toEqual({});
  });

  it('give metres as a canonical decimal, but neither unknown nor infinite ones', () => {
    expect(columns({ photo: { SubjectDistance: 2.5 } }).distance).toBe('2.5');
    expect(columns({ photo: { SubjectDistance: 0 } })).toEqual({});
    expect(columns({ photo: { SubjectDistance: 0xffffffff } })).toEqual({});
  });
});

describe('what is restricted', () => {
  it('are coordinates in decimal degrees, south and west negative', () => {
    const gps = {
      ...{
        GPSLatitudeRef: 'N',
        GPSLatitude: [43, 28, 2.814],
        GPSLongitudeRef: 'W',
        GPSLongitude: [11, 53, 6.45599],
      },
      ...{ GPSAltitudeRef: 1, GPSAltitude: 12.5 },
    };
    expect(restricted({ gps })).toEqual({
      latitude: '43.4674483',
      longitude: '-11.8851267',
      altitude: '-12.5',
    });
  });

  it('are no coordinates without a hemisphere or beyond the pole', () => {
    expect(restricted({ gps: { GPSLatitude: [43, 28, 2] } })).toEqual({});
    expect(restricted({ gps: { GPSLatitudeRef: 'N', GPSLatitude: [91, 0, 0] } })).toEqual({});
  });

  it('are serial numbers, the owner and that there is a maker note', () => {
    const photo = { BodySerialNumber: '12', LensSerialNumber: '34', CameraOwnerName: 'Owner' };
    expect(restricted({ photo, image: { Artist: 'Artist' }, makerNoteBytes: 9 })).toEqual({
      ...{ deviceSerial: '12', lensSerial: '34', owner: 'Owner; Artist', makerNote: 'present' },
    });
  });

  it('never stands among the columns, and every value is text under a known name, whatever the tags', () => {
    const value = fc.oneof(
      fc.string(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.array(fc.nat(400)),
    );
    const names = [
      'DateTimeOriginal',
      'Make',
      'Model',
      'Flash',
      'LightSource',
      'SubjectDistance',
      'GPSLatitude',
    ];
    const directory = fc.dictionary(
      fc.constantFrom(...names, 'GPSLatitudeRef', 'GPSAltitude', 'Artist'),
      value,
    );
    fc.assert(
      fc.property(directory, directory, directory, (image, photo, gps) => {
        const values = acquisitionFromExif({ image, photo, gps, makerNoteBytes: 0 });
        expect(COLUMN_NAMES).toEqual(expect.arrayContaining(Object.keys(values.columns)));
        expect(RESTRICTED_NAMES).toEqual(expect.arrayContaining(Object.keys(values.restricted)));
        const { latitude, altitude } = values.restricted;
        for (const decimal of [values.columns.distance, latitude, altitude]) {
          if (decimal !== undefined) expect(decimal).toMatch(CANONICAL_DECIMAL);
        }
      }),
    );
  });
});
