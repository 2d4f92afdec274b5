import { SeededRandom } from '#lib/kernel';
import { panelOf, rankPanel, type RankInput } from '#lib/scoring';

/** One ranking in a process of its own: `proposals reviewers`. CPU seconds until the expected ranks and until the end, and memory at its peak. */
const [proposals = 0, reviewers = 0] = process.argv.slice(2).map(Number);
const panel = panelOf(synthetic());
const started = process.cpuUsage();
let ranks = 0;
const progress = (share: number): void => {
  if (share >= 0.5 && ranks === 0) ranks = seconds();
};
rankPanel(panel, { model: 'crossed', places: Math.floor(proposals / 3) }, { progress, isCancelled: () => false });
process.stdout.write(JSON.stringify({ ranks, complete: seconds(), megabytes: process.resourceUsage().maxRSS / 1_024 }));

/** Three reviews for each proposal, by reviewers who are strict or mild. */
function synthetic(): RankInput {
  const random = new SeededRandom(`bench ${proposals}`);
  const half = (): number => random.integer(7) - 3;
  const bias = Array.from({ length: reviewers }, half);
  const scores = Array.from({ length: proposals }, (_, p) => {
    const quality = half();
    const chosen = random.shuffle(Array.from({ length: reviewers }, (_, r) => r)).slice(0, 3);
    return chosen.map((r) => ({
      ...{ proposal: `P${p}`, reviewer: `R${r}` },
      score: Math.max(1, Math.min(10, 5 + quality + Math.round((bias[r] ?? 0) / 2) + random.integer(3) - 1)),
    }));
  }).flat();
  return {
    ...{ scale: { min: 1, max: 10 }, nFundable: Math.floor(proposals / 3), scores },
    proposals: Array.from({ length: proposals }, (_, p) => `P${p}`),
    reviewers: Array.from({ length: reviewers }, (_, r) => `R${r}`),
  };
}

function seconds(): number {
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1e6;
}
