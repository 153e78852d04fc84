import "./style.css";
import "./page/firstView.css";

// The page's own HTML says what this is; now comes all the rest.
import("./whole.ts").then(
  ({ open }) => open(document.body),
  () => {
    document.documentElement.dataset["failed"] = "";
  },
);
