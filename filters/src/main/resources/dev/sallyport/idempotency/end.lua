-- Ends a claim. What became of one that the store has lost is remembered as well.
-- KEYS: record, answer
-- ARGV: fingerprint, owner, keep in milliseconds, what it came to; of a success also the answer, and how long that is kept
-- returns 1 if it was the owner's
local record = redis.call('HMGET', KEYS[1], 'state', 'owner')
if record[1] and not (record[1] == 'in_flight' and record[2] == ARGV[2]) then
  return {0}
end
if ARGV[4] == 'no_effect' then
  redis.call('DEL', KEYS[1])
  return {1}
end
redis.call('HSET', KEYS[1], 'state', ARGV[4], 'fingerprint', ARGV[1])
redis.call('HDEL', KEYS[1], 'owner', 'lease')
redis.call('PEXPIRE', KEYS[1], ARGV[3])
if ARGV[4] == 'succeeded' then
  redis.call('SET', KEYS[2], ARGV[5], 'PX', ARGV[6])
end
return {1}
