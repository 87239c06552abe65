import type { PageReady, PageState } from "./wire.ts";

/** Which brand and which customer the page shows, and what is wrong with the bridge. */
export function Header(props: {
  ready: PageReady;
  brand: string | undefined;
  chooseBrand: (brand: string) => void;
  customer: string;
  /** Those who are there without having written. */
  customers: readonly string[];
  chooseCustomer: (customer: string) => void;
  state: PageState | undefined;
  isConnected: boolean;
}) {
  const { ready, brand, customer, state } = props;
  return (
    <header>
      <h1>LINE–Genesys bridge</h1>
      <span>{ready.market}</span>
      <label>
        Brand
        <select value={brand} onChange={(event) => props.chooseBrand(event.currentTarget.value)}>
          {Object.entries(ready.brands).map(([key, one]) => (
            <option key={key} value={key}>
              {one.brand} ({key})
            </option>
          ))}
        </select>
      </label>
      <label>
        Customer
        <select
          value={customer}
          onChange={(event) => props.chooseCustomer(event.currentTarget.value)}
        >
          {customersOf(props.customers, state).map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <span role="status">{state?.missingSetup}</span>
      {state && state.replaced.length > 0 && (
        <span role="status">
          Another server stands for {state.replaced.join(" and ")}: the page does not show what is
          there.
        </span>
      )}
      {!props.isConnected && (
        <strong role="alert" class="bad">
          The bridge has stopped. What you have typed stays here, and the page goes on when the
          bridge runs again.
        </strong>
      )}
    </header>
  );
}

/** Those who are there from the start, and whoever else has written. */
function customersOf(customers: readonly string[], state: PageState | undefined): string[] {
  return [...new Set([...customers, ...(state?.phones ?? []).map(({ customer }) => customer)])];
}
