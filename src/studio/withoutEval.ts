/** @file Imported first: zod makes no code of texts, which the content security policy forbids and browsers would report. */

import { config } from "zod";

config({ jitless: true });
