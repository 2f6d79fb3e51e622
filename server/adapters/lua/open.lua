-- Open a box.
--
-- KEYS 1 box  2 roll  3 votes  4 presses  5 revision  6 sealed
-- ARGV 1 fence  2 incarnation  3 revocable ('0' or '1')  4 disclosure  5 seconds ('' for no timer)
--      6 auto_close ('0' or '1')  7 choices as a JSON list, '' to take any  8 how many choices
--      then each choice, then member and right for each line of the roll
--      last '|mask' and the mask, if there is one: no Member is called so
-- Returns {'state', JSON} or {'latched', JSON} or {'stale', fence}

local fence = tonumber(ARGV[1])
local choices = tonumber(ARGV[8])
local seconds = ARGV[5] ~= '' and tonumber(ARGV[5])
if not fence or not choices or seconds == nil or (#ARGV - 8 - choices) % 2 ~= 0 then
  return redis.error_reply('ERR open: malformed arguments')
end

local lines, mask = #ARGV, ''
if ARGV[lines - 1] == '|mask' then
  lines, mask = lines - 2, ARGV[lines]
end

local at = now()
local box = read_box(KEYS[1])
if box then
  latch_if_due(KEYS[1], box, at)
  local same_store = box.incarnation == ARGV[2]
  if latched(box) then
    return {'latched', state(box, KEYS[3], KEYS[5])}
  end
  if same_store and fence == tonumber(box.fence) then
    return {'state', state(box, KEYS[3], KEYS[5])}
  end
  if same_store or fence <= tonumber(box.fence) then
    return {'stale', box.fence}
  end
  redis.call('DEL', KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[6])
end

redis.call('HSET', KEYS[1],
  'version', VERSION, 'fence', ARGV[1], 'incarnation', ARGV[2], 'phase', 'open',
  'n', '0', 'chain', string.rep('0', 40), 'mask', mask,
  'opened_at', whole(at), 'closes_at', seconds and whole(at + seconds * 1000) or '',
  'remaining', '', 'closed_at', '', 'last_call', '0',
  'revocable', ARGV[3], 'auto_close', ARGV[6], 'disclosure', ARGV[4], 'choices', ARGV[7])
for i = 9, 8 + choices do
  redis.call('HSET', KEYS[1], 'count:' .. ARGV[i], '0')
end
for first = 9 + choices, lines, SLICE do
  redis.call('HSET', KEYS[2], unpack(ARGV, first, math.min(first + SLICE - 1, lines)))
end
return {'state', state(read_box(KEYS[1]), KEYS[3], KEYS[5])}
