-- Note that Members are present for some time from now, and forget leases that ran out.
--
-- KEYS 1 presence, a sorted set of Members by the end of their lease
-- ARGV 1 milliseconds, then the Members
-- Returns how many leases there are

-- No lease is longer, in milliseconds: one that seems to be was given before the clock went back.
local LONGEST = 900000

local at = now()
local ends = whole(at + tonumber(ARGV[1]))
local late = redis.call('ZRANGE', KEYS[1], '(' .. whole(at + LONGEST), '+inf', 'BYSCORE')
for i = 1, #late do
  redis.call('ZADD', KEYS[1], ends, late[i])
end
for i = 2, #ARGV do
  redis.call('ZADD', KEYS[1], 'GT', ends, ARGV[i])
end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', whole(at))
return redis.call('ZCARD', KEYS[1])
