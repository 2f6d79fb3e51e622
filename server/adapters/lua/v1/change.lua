-- Change or look at a box.
--
-- KEYS 1 box  2 votes  3 revision  4 presses
-- ARGV 1 state | close | cancel                      (nothing else)
--        disown                                      2 Member  3… the numbers of its presses
--        close_if_due                                2 the closing time that is expected
--        suspend | last_call                         2 fence
--        resume                                      2 fence  3 new incarnation, '' to keep it
--        extend                                      2 fence  3 seconds
-- Returns {'none', ''} or {'state', JSON} or {'latched', JSON} or {'stale', fence}

local command = ARGV[1]
local key = KEYS[1]
local box = read_box(key)
if not box then
  return {'none', ''}
end
local at = now()

local function answer(tag)
  return {tag, state(box, KEYS[2], KEYS[3])}
end

if command == 'close_if_due' then
  if box.closes_at == ARGV[2] then
    latch_if_due(key, box, at)
  end
  return answer('state')
end

latch_if_due(key, box, at)
-- A box of this version moves no closing time with a clock that jumps.
if command == 'state' or command == 'keep_time' then
  return answer('state')
end
if command == 'close' then
  if not latched(box) then
    set(key, box, 'phase', 'closed')
    set(key, box, 'closed_at', whole(at))
  end
  return answer('state')
end
if command == 'cancel' then
  set(key, box, 'phase', 'cancelled')
  if box.closed_at == '' then
    set(key, box, 'closed_at', whole(at))
  end
  return answer('state')
end

if command == 'disown' then
  local member, disowned = ARGV[2], {}
  for i = 3, #ARGV do
    disowned[ARGV[i]] = true
  end
  local held = redis.call('HGET', KEYS[2], member)
  if latched(box) or box.choices ~= '' or not held or not disowned[string.match(held, '^%d+')] then
    return answer('state')
  end
  local best, line = 0, nil
  local presses = redis.call('HGETALL', KEYS[4])
  local prefix = member .. '|'
  for i = 1, #presses, 2 do
    if string.sub(presses[i], 1, #prefix) == prefix then
      local number, choice = string.match(presses[i + 1], '^(%d+)|(.*)$')
      if not disowned[number] and tonumber(number) > best then
        best = tonumber(number)
        line = number .. '|' .. string.sub(presses[i], #prefix + 1) .. '|' .. choice
      end
    end
  end
  if line then
    redis.call('HSET', KEYS[2], member, line)
  else
    redis.call('HDEL', KEYS[2], member)
  end
  if box.disclosure == 'counts' or box.disclosure == 'individual'
    or (box.disclosure == 'turnout' and not line) then
    redis.call('INCR', KEYS[3])
  end
  return answer('state')
end

local fence = tonumber(ARGV[2])
local extension = command == 'extend' and tonumber(ARGV[3] or '')
if not fence or extension == nil then
  return redis.error_reply('ERR change: malformed arguments')
end
if latched(box) then
  return answer('latched')
end
if fence < tonumber(box.fence) then
  return {'stale', box.fence}
end
if fence == tonumber(box.fence) then
  return answer('state')
end

if command == 'suspend' then
  if box.phase == 'open' then
    set(key, box, 'phase', 'suspended')
    if box.closes_at ~= '' then
      set(key, box, 'remaining', whole(math.max(0, tonumber(box.closes_at) - at)))
      set(key, box, 'closes_at', '')
    end
  end
elseif command == 'resume' then
  if ARGV[3] ~= '' then
    set(key, box, 'incarnation', ARGV[3])
  end
  if box.phase == 'suspended' then
    set(key, box, 'phase', 'open')
    if box.remaining ~= '' then
      set(key, box, 'closes_at', whole(at + tonumber(box.remaining)))
      set(key, box, 'remaining', '')
    end
  end
elseif command == 'extend' then
  if box.phase == 'suspended' then
    set(key, box, 'remaining', whole((tonumber(box.remaining) or 0) + extension * 1000))
  else
    local from = math.max(at, tonumber(box.closes_at) or at)
    set(key, box, 'closes_at', whole(from + extension * 1000))
  end
elseif command == 'last_call' then
  set(key, box, 'last_call', '1')
else
  return redis.error_reply('ERR change: unknown command ' .. command)
end
set(key, box, 'fence', ARGV[2])
return answer('state')
