-- Keep a server's report for some time, and forget servers that lapsed long ago.
--
-- KEYS 1 servers: name -> end|version  2 the report
-- ARGV 1 name  2 milliseconds  3 version  4 the report, '' to renew the one that is there
-- Returns '1' if the report stands, '0' if it has to be sent again

local at = now()
if ARGV[4] ~= '' then
  redis.call('SET', KEYS[2], ARGV[4], 'PX', ARGV[2])
elseif redis.call('PEXPIRE', KEYS[2], ARGV[2]) == 0 then
  return '0'
end
redis.call('HSET', KEYS[1], ARGV[1], whole(at + tonumber(ARGV[2])) .. '|' .. ARGV[3])
local servers = redis.call('HGETALL', KEYS[1])
for i = 1, #servers, 2 do
  if tonumber(string.match(servers[i + 1], '^%d+')) < at - 60000 then
    redis.call('HDEL', KEYS[1], servers[i])
  end
end
return '1'
