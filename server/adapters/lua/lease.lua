-- Note that Members are present for some time from now, and forget leases that ran out.
--
-- KEYS 1 presence, a sorted set of Members by the end of their lease  2 its version: the name of
--      what last added a Member to it, or removed one
-- ARGV 1 milliseconds  2 a JSON list of the Members  3 a name that was never given before
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
-- Those that ran out first: a Member whose lease did is one that comes, see `present.lua`.
local changed = redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', whole(at))
for first = 1, #leased, SLICE do
  local last = math.min(first + SLICE - 1, #leased)
  changed = changed + redis.call('ZADD', KEYS[1], 'GT', unpack(leased, first, last))
end
if changed > 0 then
  redis.call('SET', KEYS[2], ARGV[3])
end
return redis.call('ZCARD', KEYS[1])
