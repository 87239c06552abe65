import { useState } from "preact/hooks";
import { AskDialog } from "./ask-dialog.tsx";
import type { Place } from "./sample-places.ts";

const ELSEWHERE: Place = { title: "", address: "", latitude: 0, longitude: 0 };

/** Asks for a place: one of these, or any other. `onPicked` gets undefined when none was picked. */
export function LocationDialog(props: {
  places: Place[];
  onPicked: (place: Place | undefined) => void;
}) {
  const { places } = props;
  const [place, setPlace] = useState(places[0] ?? ELSEWHERE);
  const change = (part: Partial<Place>) => setPlace((before) => ({ ...before, ...part }));
  const coordinate = (name: "latitude" | "longitude", label: string, limit: number) => (
    <label>
      {label}
      <input
        type="number"
        required
        step="any"
        min={-limit}
        max={limit}
        value={place[name]}
        onChange={(event) => change({ [name]: event.currentTarget.valueAsNumber })}
      />
    </label>
  );
  return (
    <AskDialog
      label="Send a location"
      accept="Send the location"
      onClose={(isGiven) => props.onPicked(isGiven ? place : undefined)}
    >
      <label>
        Place
        <select
          onChange={(event) => setPlace(places[event.currentTarget.selectedIndex] ?? ELSEWHERE)}
        >
          {places.map(({ title }) => (
            <option key={title}>{title}</option>
          ))}
          <option>Another place</option>
        </select>
      </label>
      <label>
        Title
        <input
          value={place.title}
          onInput={(event) => change({ title: event.currentTarget.value })}
        />
      </label>
      <label>
        Address
        <input
          value={place.address}
          onInput={(event) => change({ address: event.currentTarget.value })}
        />
      </label>
      {coordinate("latitude", "Latitude", 90)}
      {coordinate("longitude", "Longitude", 180)}
    </AskDialog>
  );
}
