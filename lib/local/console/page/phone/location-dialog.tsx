import { useEffect, useRef, useState } from "preact/hooks";
import type { Place } from "./sample-places.ts";

const ELSEWHERE: Place = { title: "", address: "", latitude: 0, longitude: 0 };

/** Asks for a place: one of these, or any other. `onPicked` gets undefined when none was picked. */
export function LocationDialog(props: {
  places: Place[];
  onPicked: (place: Place | undefined) => void;
}) {
  const { places } = props;
  const dialog = useRef<HTMLDialogElement>(null);
  const [place, setPlace] = useState(places[0] ?? ELSEWHERE);
  useEffect(() => dialog.current?.showModal(), []);
  const change = (part: Partial<Place>) => setPlace((before) => ({ ...before, ...part }));
  const close = () => props.onPicked(dialog.current?.returnValue === "picked" ? place : undefined);
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
    <dialog ref={dialog} onClose={close} aria-label="Send a location">
      <form method="dialog" class="fields">
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
        <div class="row">
          <button type="submit" value="picked">
            Send the location
          </button>
          <button type="submit" value="" formNoValidate>
            Cancel
          </button>
        </div>
      </form>
    </dialog>
  );
}
