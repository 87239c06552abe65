/** Drawn here, because the fonts of some machines have no such signs. */

export function PinSign() {
  return (
    <svg class="sign" viewBox="0 0 20 20" aria-hidden="true">
      <path d="M10 18c-4-5-5.5-7.5-5.5-10a5.5 5.5 0 0 1 11 0c0 2.5-1.5 5-5.5 10z" />
      <circle cx="10" cy="8" r="2" />
    </svg>
  );
}

export function FaceSign() {
  return (
    <svg class="sign" viewBox="0 0 20 20" aria-hidden="true">
      <circle cx="10" cy="10" r="7.5" />
      <path d="M7 8v.5M13 8v.5M6.5 11.5a4 4 0 0 0 7 0" />
    </svg>
  );
}

export function FileSign() {
  return (
    <svg class="sign" viewBox="0 0 20 20" aria-hidden="true">
      <path d="M5 2.5h6.5L15 6v11.5H5zM11.5 2.5V6H15M7.5 10h5M7.5 13h5" />
    </svg>
  );
}

export function SendSign() {
  return (
    <svg class="sign" viewBox="0 0 20 20" aria-hidden="true">
      <path d="M3 3.5 17.5 10 3 16.5 5 10zM5 10h6" />
    </svg>
  );
}
