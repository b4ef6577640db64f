import * as v from 'valibot';
import { type DeploymentDeps, deploymentHandler } from '../core/deployment/deployment.ts';
import {
  publishSite,
  removeSite,
  type SiteBucket,
  type SiteFile,
  siteSchema,
} from '../core/deployment/site.ts';

/** What publishing the dashboard touches. */
export type PublishDashboardDeps = DeploymentDeps & {
  /** The files of the build that came with this function. */
  readonly files: () => readonly SiteFile[];
  readonly bucket: SiteBucket;
  readonly now: () => number;
};

/** Custom resource: the dashboard's files, with `Config` as their `config.json`. */
export function createHandler(deps: PublishDashboardDeps) {
  const { bucket, files, now } = deps;
  return deploymentHandler(deps, {
    physicalId: 'dashboard',
    async apply(properties) {
      const { Config: configuration } = v.parse(siteSchema, properties);
      await publishSite(bucket, { files: files(), configuration }, now());
      return undefined;
    },
    remove: () => removeSite(bucket),
  });
}
