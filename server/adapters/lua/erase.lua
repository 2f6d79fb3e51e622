-- Leave of a box that it is latched, and nothing of what it took. The box may be of any version.
--
-- KEYS 1 box  2 roll  3 votes  4 presses  5 sealed
-- ARGV none
-- Returns '1' if there is a box, else '0'

redis.call('DEL', KEYS[2], KEYS[3], KEYS[4], KEYS[5])
local phase = redis.call('HGET', KEYS[1], 'phase')
if not phase then
  return '0'
end
if phase ~= 'closed' and phase ~= 'cancelled' then
  redis.call('HSET', KEYS[1], 'phase', 'closed', 'closed_at', whole(now()))
end
redis.call('HSET', KEYS[1], 'n', '0', 'chain', string.rep('0', 40), 'mask', '', 'choices', '',
  'closes_at', '', 'remaining', '')
local fields = redis.call('HKEYS', KEYS[1])
for i = 1, #fields do
  if string.sub(fields[i], 1, 6) == 'count:' then
    redis.call('HDEL', KEYS[1], fields[i])
  end
end
return '1'
