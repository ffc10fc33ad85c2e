-- Takes a key, or says what it was used for.
-- KEYS: for each name of the key, the newest first: its record, its answer
-- ARGV: fingerprint, owner, lease and keep in milliseconds
-- returns which name was used (from 0, or -1: none, and the first is the owner's now), state, fingerprint, answer
-- A record in the state free says who freed the key. Whose claim comes behind its own end is told -1 and has claimed nothing.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
for at = 1, #KEYS, 2 do
  local record = redis.call('HMGET', KEYS[at], 'state', 'fingerprint', 'lease', 'owner')
  local state = record[1]
  if state == 'free' then
    if record[4] == ARGV[2] then
      return {-1}
    end
  elseif state then
    local answer = false
    if state == 'succeeded' then
      answer = redis.call('GET', KEYS[at + 1])
    elseif state == 'in_flight' and tonumber(record[3]) < now then
      state = 'unknown'
    end
    return {(at - 1) / 2, state, record[2], answer}
  end
end
redis.call('HSET', KEYS[1], 'state', 'in_flight', 'fingerprint', ARGV[1], 'owner', ARGV[2],
  'lease', string.format('%.0f', now + ARGV[3]))
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return {-1}
