import { OUTCOMES, type WaySearch } from "../../message-way.ts";
import type { PageReady } from "../wire.ts";
import { DIRECTIONS } from "./directions.ts";

/** What is looked for in the list of messages. */
export function WayFilters(props: {
  brands: PageReady["brands"];
  search: WaySearch;
  setSearch: (search: WaySearch) => void;
}) {
  const { brands, search, setSearch } = props;
  const choice = (
    name: "brand" | "from" | "outcome",
    label: string,
    all: string,
    options: [string, string][],
  ) => (
    <select
      aria-label={label}
      value={search[name] ?? ""}
      onChange={(event) => setSearch({ ...search, [name]: event.currentTarget.value })}
    >
      <option value="">{all}</option>
      {options.map(([value, text]) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </select>
  );
  return (
    <div class="row search">
      <input
        type="search"
        id="ways-search"
        aria-label="Part of a text or an id"
        aria-keyshortcuts="Alt+3"
        placeholder="Part of a text or an id (Alt+3)"
        value={search.text ?? ""}
        onInput={(event) => setSearch({ ...search, text: event.currentTarget.value })}
      />
      {choice(
        "brand",
        "Brand",
        "All brands",
        Object.entries(brands).map(([key, { brand }]) => [key, brand]),
      )}
      {choice(
        "from",
        "Direction",
        "Both ways",
        DIRECTIONS.map(({ from, name }) => [from, name]),
      )}
      {choice(
        "outcome",
        "Outcome",
        "Any outcome",
        OUTCOMES.map((one) => [one, one]),
      )}
    </div>
  );
}
