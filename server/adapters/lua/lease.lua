-- Note that Members are present for some time from now, and forget leases that ran out.
--
-- KEYS 1 presence, a sorted set of Members by the end of their lease
-- ARGV 1 milliseconds  2 a JSON list of the Members
-- Returns how many leases there are

-- No lease is longer, in milliseconds: one that seems to be was given before the clock went back.
local LONGEST = 900000

local at = now()
local ends = whole(at + tonumber(ARGV[1]))
local late = redis.call('ZRANGE', KEYS[1], '(' .. whole(at + LONGEST), '+inf', 'BYSCORE')
for i = 1, #late do
  redis.call('ZADD', KEYS[1], ends, late[i])
end
local leased = {}
for _, member in ipairs(cjson.decode(ARGV[2])) do
  leased[#leased + 1] = ends
  leased[#leased + 1] = member
end
for first = 1, #leased, SLICE do
  local last = math.min(first + SLICE - 1, #leased)
  redis.call('ZADD', KEYS[1], 'GT', unpack(leased, first, last))
end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', whole(at))
return redis.call('ZCARD', KEYS[1])
