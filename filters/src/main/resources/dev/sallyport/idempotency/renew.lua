-- Keeps a claim from lapsing. One that the store has lost is made again: it is in flight still. One that was ended is not.
-- KEYS: record
-- ARGV: fingerprint, owner, lease and keep in milliseconds
-- returns 1 if it is the owner's
local record = redis.call('HMGET', KEYS[1], 'state', 'owner')
if record[1] and not (record[1] == 'in_flight' and record[2] == ARGV[2]) then
  return {0}
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('HSET', KEYS[1], 'state', 'in_flight', 'fingerprint', ARGV[1], 'owner', ARGV[2],
  'lease', string.format('%.0f', now + ARGV[3]))
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return {1}
