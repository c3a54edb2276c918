/**
 * What must happen at once in Redis, so that of two nodes that take and leave a user at the same time exactly one has
 * news. Time is Redis's own: the clocks of nodes may differ.
 *
 * `users` scores every user who is there by when the last of their leases runs out; `nodes` of a user tells for each
 * node that has devices of theirs when its lease runs out.
 */
const NOW = `local time = redis.call('TIME') local now = time[1] * 1000 + math.floor(time[2] / 1000)`;

/** KEYS users, nodes of each user. ARGV node, lease in ms, each user. Answers those of the users who were not there. */
export const HOLD = `${NOW}
local came = {}
local ends = now + ARGV[2]
for i = 2, #KEYS do
  local user = ARGV[i + 1]
  local known = redis.call('ZSCORE', KEYS[1], user)
  if not known or tonumber(known) <= now then came[#came + 1] = user end
  redis.call('HSET', KEYS[i], ARGV[1], ends)
  redis.call('PEXPIRE', KEYS[i], ARGV[2] * 2)
  redis.call('ZADD', KEYS[1], 'GT', ends, user)
end
return came`;

/** KEYS users, nodes of the user. ARGV node, user. Answers whether nobody holds the user and whether that is news. */
export const LEAVE = `${NOW}
redis.call('HDEL', KEYS[2], ARGV[1])
for _, ends in ipairs(redis.call('HVALS', KEYS[2])) do
  if tonumber(ends) > now then return 'held' end
end
if redis.call('ZREM', KEYS[1], ARGV[2]) == 1 then return 'left' end
return 'gone'`;

/** KEYS users. ARGV most users. Removes and answers those whose leases all ran out. */
export const TAKE_OVER = `${NOW}
local dead = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[1])
if #dead > 0 then redis.call('ZREM', KEYS[1], unpack(dead)) end
return dead`;

/** KEYS users. ARGV each user. Answers those who are there. */
export const PRESENT = `${NOW}
local present = {}
for _, user in ipairs(ARGV) do
  local ends = redis.call('ZSCORE', KEYS[1], user)
  if ends and tonumber(ends) > now then present[#present + 1] = user end
end
return present`;
