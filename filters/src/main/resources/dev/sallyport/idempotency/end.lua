-- Ends a claim. What became of one that the store has lost is remembered as well.
-- KEYS: record, answer
-- ARGV: fingerprint, owner, what is kept of it in milliseconds, what it came to; of a success also the answer, and how long that is kept
-- returns 1 if it is, or was, the owner's to end
-- That a key is free is kept for a while, so that what was sent before and comes later does not claim it.
local record = redis.call('HMGET', KEYS[1], 'state', 'owner')
local ours = record[2] == ARGV[2]
if record[1] and ours and record[1] ~= 'in_flight' then
  return {1}
end
if record[1] and not ours and record[1] ~= 'free' then
  return {0}
end
if ARGV[4] == 'no_effect' then
  redis.call('DEL', KEYS[1])
  redis.call('HSET', KEYS[1], 'state', 'free', 'owner', ARGV[2])
  redis.call('PEXPIRE', KEYS[1], ARGV[3])
  return {1}
end
redis.call('HSET', KEYS[1], 'state', ARGV[4], 'fingerprint', ARGV[1], 'owner', ARGV[2])
redis.call('HDEL', KEYS[1], 'lease')
redis.call('PEXPIRE', KEYS[1], ARGV[3])
if ARGV[4] == 'succeeded' then
  redis.call('SET', KEYS[2], ARGV[5], 'PX', ARGV[6])
end
return {1}
