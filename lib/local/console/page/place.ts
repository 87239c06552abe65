import { useEffect, useState } from "preact/hooks";

/** What the address names, so that a reload or a link shows it again: `#<brand>/<correlation id>`. */
export interface Place {
  brand: string | undefined;
  openId: string | undefined;
}

/** The place, and how to go to another one. */
export function usePlace(): [Place, (place: Place) => void] {
  const [place, setPlace] = useState(readPlace);
  useEffect(() => {
    const onChange = () => setPlace(readPlace());
    window.addEventListener("hashchange", onChange);
    return () => window.removeEventListener("hashchange", onChange);
  }, []);
  const go = ({ brand = "", openId }: Place) => {
    const parts = openId === undefined ? [brand] : [brand, openId];
    window.location.hash = parts.map(encodeURIComponent).join("/");
  };
  return [place, go];
}

function readPlace(): Place {
  const [brand, openId] = window.location.hash.slice(1).split("/").map(decoded);
  return { brand: brand || undefined, openId: openId || undefined };
}

/** Anybody can write an address. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
