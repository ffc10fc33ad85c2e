-- Takes of token buckets, all or nothing, by the server's own clock.
-- KEYS[i]: a bucket. ARGV, six for each: permits, the microseconds in which so many flow in, burst, needed, wished beside those, given back.
-- Returns four for each: taken, left, microseconds until what is needed is there, microseconds until the bucket is full.
-- If anything that is needed is not there, nothing is taken; what is given back is put back nevertheless.
-- A bucket is "tokens time"; one that is not there is full. While the clock is behind that time nothing flows in, or what did would do so
-- twice; but for no longer than an empty bucket takes to fill, or a clock that was far ahead would close it.
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local buckets = {}
local refused = false
for i = 1, #KEYS do
  local a = (i - 1) * 6
  local bucket = {
    rate = tonumber(ARGV[a + 1]) / tonumber(ARGV[a + 2]),
    burst = tonumber(ARGV[a + 3]),
    needed = tonumber(ARGV[a + 4]),
    wished = tonumber(ARGV[a + 5]),
  }
  bucket.tokens = bucket.burst
  bucket.time = now
  local kept = redis.call('GET', KEYS[i])
  if kept then
    local tokens, time = string.match(kept, '^(%S+) (%S+)$')
    bucket.tokens = tonumber(tokens) + math.max(0, now - tonumber(time)) * bucket.rate
    bucket.time = math.max(now, math.min(tonumber(time), now + math.ceil(bucket.burst / bucket.rate)))
  end
  bucket.tokens = math.min(bucket.burst, bucket.tokens + tonumber(ARGV[a + 6]))
  refused = refused or bucket.tokens < bucket.needed
  buckets[i] = bucket
end
local answer = {}
for i = 1, #KEYS do
  local bucket = buckets[i]
  local taken = 0
  if not refused then
    -- no more than half of what is left: the last permits are for those who need them now
    taken = bucket.needed + math.min(bucket.wished, math.floor((bucket.tokens - bucket.needed) / 2))
    bucket.tokens = bucket.tokens - taken
  end
  local missing = bucket.burst - bucket.tokens
  local still = bucket.time - now
  local full = 0
  if missing > 0 then
    full = still + math.ceil(missing / bucket.rate)
    redis.call('SET', KEYS[i], string.format('%.17g %.0f', bucket.tokens, bucket.time), 'PX', math.ceil(full / 1000) + 1000)
  else
    redis.call('DEL', KEYS[i])
  end
  local wait = 0
  if refused and bucket.tokens < bucket.needed then
    wait = still + math.ceil((bucket.needed - bucket.tokens) / bucket.rate)
  end
  answer[#answer + 1] = taken
  answer[#answer + 1] = math.floor(bucket.tokens)
  answer[#answer + 1] = wait
  answer[#answer + 1] = full
end
return answer
