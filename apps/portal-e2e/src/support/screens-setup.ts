import { startProduct } from './global-setup';

/** The product with its demo data alone. */
export default function startForScreens(): Promise<() => Promise<void>> {
  return startProduct(async () => {});
}
