import type { Locale } from './locale.ts';
import { danish, finnish, norwegian, swedish } from './locales/nordic.ts';
import { czech, italian, polish, portuguese, spanish } from './locales/south-east.ts';
import { dutch, english, french, german, swissGerman } from './locales/west.ts';

/**
 * A city and the disc in which the world puts its locations. Near water the centre is moved inland and the radius kept small,
 * so that most points are on land; rivers, lakes and railways within the disc are not left out.
 */
export interface City {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly name: string;
  /** Decimal degrees, WGS 84. */
  readonly latitude: number;
  readonly longitude: number;
  readonly radiusKm: number;
  /** How many of the locations are here, compared with the other cities. */
  readonly weight: number;
  /** `#` is any digit, `%` a digit but 0, `@` a capital letter. */
  readonly postalCode: string;
  readonly locale: Locale;
  readonly state?: string;
}

type Row = readonly [
  name: string,
  latitude: number,
  longitude: number,
  radiusKm: number,
  weight: number,
  postalCode: string,
  state?: string,
];

export const CITIES: readonly City[] = [
  ...cities('SE', swedish, [
    ['Stockholm', 59.348, 18.035, 2.5, 16, '11# ##'],
    ['Göteborg', 57.69, 11.985, 2.5, 10, '41# ##'],
    ['Malmö', 55.588, 13.01, 3, 7, '21# ##'],
    ['Uppsala', 59.8586, 17.6389, 4, 5, '75# ##'],
    ['Västerås', 59.622, 16.545, 2, 4, '72# ##'],
    ['Örebro', 59.2741, 15.2066, 4, 4, '70# ##'],
    ['Linköping', 58.4108, 15.6214, 4, 4, '58# ##'],
    ['Helsingborg', 56.05, 12.725, 1.8, 3, '25# ##'],
    ['Jönköping', 57.77, 14.175, 1.8, 3, '55# ##'],
    ['Norrköping', 58.5877, 16.1924, 3, 3, '60# ##'],
    ['Lund', 55.7047, 13.191, 3, 3, '22# ##'],
    ['Umeå', 63.832, 20.26, 2.5, 3, '90# ##'],
    ['Karlstad', 59.397, 13.51, 1.8, 2, '65# ##'],
    ['Sundsvall', 62.39, 17.28, 1.5, 2, '85# ##'],
    ['Östersund', 63.184, 14.665, 1, 2, '831 ##'],
    ['Kiruna', 67.85, 20.25, 1.8, 1, '981 ##'],
  ]),
  ...cities('NO', norwegian, [
    ['Oslo', 59.925, 10.76, 2.5, 8, '0%##'],
    ['Bergen', 60.375, 5.345, 1, 4, '50##'],
    ['Trondheim', 63.415, 10.4, 2, 3, '70##'],
    ['Stavanger', 58.955, 5.72, 1.2, 2, '40##'],
  ]),
  ...cities('DK', danish, [
    ['København', 55.69, 12.53, 2.5, 7, '2%00'],
    ['Aarhus', 56.155, 10.17, 2, 3, '82##'],
    ['Odense', 55.3959, 10.3883, 4, 2, '52##'],
    ['Aalborg', 57.028, 9.92, 1.8, 2, '92##'],
  ]),
  ...cities('FI', finnish, [
    ['Helsinki', 60.205, 24.93, 2.5, 6, '00##0'],
    ['Tampere', 61.45, 23.85, 1.8, 3, '33##0'],
    ['Turku', 60.46, 22.28, 2.5, 2, '20##0'],
    ['Oulu', 64.998, 25.49, 2, 2, '90##0'],
  ]),
  ...cities('NL', dutch, [
    ['Amsterdam', 52.355, 4.885, 3, 10, '10## @@'],
    ['Rotterdam', 51.93, 4.465, 2.5, 8, '30## @@'],
    ['Utrecht', 52.0907, 5.1214, 4, 6, '35## @@'],
    ['Eindhoven', 51.4416, 5.4697, 4, 4, '56## @@'],
    ['Groningen', 53.2194, 6.5665, 3, 3, '97## @@'],
  ]),
  ...cities('BE', dutch, [
    ['Antwerpen', 51.205, 4.425, 2.5, 4, '20%0'],
    ['Gent', 51.05, 3.725, 3.5, 3, '90%0'],
  ]),
  ...cities('BE', french, [
    ['Bruxelles', 50.845, 4.352, 5, 6, '10%0'],
    ['Liège', 50.64, 5.575, 3, 2, '40%0'],
  ]),
  ...cities('LU', french, [['Luxembourg', 49.61, 6.13, 3, 2, '1%##']]),
  ...cities('DE', german, [
    ['Berlin', 52.51, 13.39, 9, 14, '10%##', 'Berlin'],
    ['Hamburg', 53.578, 10.02, 3, 8, '22%##', 'Hamburg'],
    ['München', 48.1374, 11.5755, 7, 8, '80%##', 'Bayern'],
    ['Köln', 50.93, 6.925, 3.5, 6, '50%##', 'Nordrhein-Westfalen'],
    ['Frankfurt am Main', 50.125, 8.665, 3.5, 5, '60%##', 'Hessen'],
    ['Stuttgart', 48.7758, 9.1829, 5, 5, '70%##', 'Baden-Württemberg'],
    ['Leipzig', 51.3397, 12.3731, 5, 4, '04%##', 'Sachsen'],
  ]),
  ...cities('AT', german, [
    ['Wien', 48.2, 16.35, 5, 6, '10%0', 'Wien'],
    ['Graz', 47.0707, 15.4395, 4, 2, '80%0', 'Steiermark'],
    ['Salzburg', 47.8, 13.045, 3, 2, '50%0', 'Salzburg'],
  ]),
  ...cities('CH', swissGerman, [
    ['Zürich', 47.387, 8.53, 2, 4, '80%#', 'Zürich'],
    ['Bern', 46.948, 7.4474, 3, 2, '30%#', 'Bern'],
  ]),
  ...cities('CH', french, [['Genève', 46.207, 6.127, 1.5, 2, '12%#', 'Genève']]),
  ...cities('FR', french, [
    ['Paris', 48.86, 2.345, 6, 12, '7501%'],
    ['Lyon', 45.758, 4.855, 4, 5, '6900%'],
    ['Toulouse', 43.6045, 1.444, 5, 4, '31%00'],
    ['Lille', 50.6292, 3.0573, 4, 3, '59%00'],
    ['Bordeaux', 44.8378, -0.595, 3.5, 3, '33%00'],
    ['Nantes', 47.2184, -1.5536, 4, 3, '44%00'],
  ]),
  ...cities('IT', italian, [
    ['Milano', 45.4642, 9.19, 6, 7, '201##'],
    ['Roma', 41.895, 12.49, 6, 6, '001##'],
    ['Torino', 45.0703, 7.67, 4, 3, '101##'],
    ['Bologna', 44.4949, 11.3426, 4, 2, '401##'],
  ]),
  ...cities('ES', spanish, [
    ['Madrid', 40.425, -3.69, 6, 7, '280##'],
    ['Barcelona', 41.398, 2.15, 2.5, 6, '080##'],
    ['Valencia', 39.474, -0.39, 2.5, 3, '460##'],
    ['Bilbao', 43.258, -2.93, 2, 2, '480##'],
  ]),
  ...cities('PT', portuguese, [
    ['Lisboa', 38.745, -9.155, 2.5, 4, '1%##-###'],
    ['Porto', 41.162, -8.62, 1.8, 2, '4%##-###'],
  ]),
  ...cities('PL', polish, [
    ['Warszawa', 52.2297, 21, 6, 5, '0%-###'],
    ['Kraków', 50.0614, 19.9366, 4, 3, '3%-###'],
    ['Wrocław', 51.1079, 17.0385, 4, 2, '5%-###'],
    ['Gdańsk', 54.362, 18.6, 2.5, 2, '80-###'],
  ]),
  ...cities('CZ', czech, [
    ['Praha', 50.08, 14.43, 5, 4, '1%# ##'],
    ['Brno', 49.1951, 16.6068, 4, 2, '6%# ##'],
  ]),
  ...cities('IE', english, [
    ['Dublin', 53.345, -6.285, 3, 4, 'D0% @##@'],
    ['Cork', 51.89, -8.485, 2.5, 2, 'T12 @##@'],
  ]),
  ...cities('GB', english, [
    ['London', 51.51, -0.13, 9, 12, 'SE% #@@', 'England'],
    ['Birmingham', 52.48, -1.9, 5, 5, 'B% #@@', 'England'],
    ['Manchester', 53.479, -2.245, 5, 5, 'M% #@@', 'England'],
    ['Leeds', 53.8, -1.549, 4, 4, 'LS% #@@', 'England'],
    ['Bristol', 51.46, -2.58, 4, 3, 'BS% #@@', 'England'],
    ['Edinburgh', 55.938, -3.2, 2.5, 3, 'EH% #@@', 'Scotland'],
  ]),
];

function cities(country: string, locale: Locale, rows: readonly Row[]): City[] {
  return rows.map(([name, latitude, longitude, radiusKm, weight, postalCode, state]) => ({
    country,
    name,
    latitude,
    longitude,
    radiusKm,
    weight,
    postalCode,
    locale,
    ...(state !== undefined && { state }),
  }));
}
