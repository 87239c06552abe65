/** A place as a customer sends it. */
export interface Place {
  title: string;
  address: string;
  latitude: number;
  longitude: number;
}

/** One in each of the markets. */
const PLACES: Place[] = [
  {
    title: "Siam Paragon",
    address: "991 Rama I Road, Bangkok",
    latitude: 13.7463,
    longitude: 100.5347,
  },
  {
    title: "Tokyo Station",
    address: "1 Chome Marunouchi, Chiyoda City, Tokyo",
    latitude: 35.6812,
    longitude: 139.7671,
  },
  {
    title: "Taipei 101",
    address: "No. 7, Section 5, Xinyi Road, Taipei",
    latitude: 25.0339,
    longitude: 121.5645,
  },
];

/** The places to choose from: this one first. */
export function placesToChoose(sample: Place): Place[] {
  return [sample, ...PLACES.filter(({ latitude }) => latitude !== sample.latitude)];
}
