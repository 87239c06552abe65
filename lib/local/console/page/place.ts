import { useCallback, useEffect, useState } from "preact/hooks";

/**
 * What the address names, so that a reload or a link shows it again:
 * `#<brand>/<customer>/<correlation id>`, each of them optional.
 */
export interface Place {
  /** The brand's key. */
  brand: string | undefined;
  /** The customer's name, or the user id of one without a name. */
  customer: string | undefined;
  /** The `correlationId` of the message whose way is open. */
  openId: string | undefined;
}

/** The place, and how to go to another one. */
export function usePlace(): [Place, (change: Partial<Place>) => void] {
  const [place, setPlace] = useState(readPlace);
  useEffect(() => {
    const onChange = () => setPlace(readPlace());
    window.addEventListener("hashchange", onChange);
    return () => window.removeEventListener("hashchange", onChange);
  }, []);
  const go = useCallback((change: Partial<Place>) => {
    const { brand = "", customer = "", openId = "" } = { ...readPlace(), ...change };
    window.location.hash = [brand, customer, openId].map(encodeURIComponent).join("/");
  }, []);
  return [place, go];
}

function readPlace(): Place {
  const [brand, customer, openId] = window.location.hash.slice(1).split("/").map(decoded);
  return {
    brand: brand || undefined,
    customer: customer || undefined,
    openId: openId || undefined,
  };
}

/** Anybody can write an address. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
