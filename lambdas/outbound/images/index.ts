import { MEDIA_CLIENT } from "../../shared/function/aws-clients.ts";
import { createTelemetry, eventFunction } from "../../shared/function/lambda-function.ts";
import { openMediaStore } from "../../shared/media/s3-media-store.ts";
import { readImagesEnvironment } from "./env.ts";
import { createHandler } from "./handler.ts";
import { prepareImage } from "./prepare-image.ts";

const environment = readImagesEnvironment(process.env);
const telemetry = createTelemetry(environment.MARKET);

export const handler = eventFunction(
  createHandler({
    store: openMediaStore(MEDIA_CLIENT, environment.MEDIA_BUCKET, environment.MEDIA_URL),
    prepare: prepareImage,
    log: telemetry.log,
  }),
  telemetry,
);
