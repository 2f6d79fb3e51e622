-- Apply a group of presses in order.
--
-- KEYS 1 box  2 roll  3 votes  4 presses  5 generations  6 revision  7 sealed
-- ARGV 1 a JSON list: member, generation, press_id, choice of the first press, then the next…
--      2 '', or a JSON list with the sealed ballot of each press, '' for none
-- Returns {outcomes, JSON}: one word for each press, a reason or n:current:repeated; the box
-- afterwards, '' where there is none
--
-- votes: member -> n|press_id|choice    presses: member|press_id -> n|choice
-- sealed: tracker -> n|member|press_id|tracker|text. A sealed ballot is taken once.

local HELD = '^(%d+)|([^|]*)|(.*)$'
local SEEN = '^(%d+)|(.*)$'

-- Lua does not roll back: everything is read and validated before the first write.
local sound, presses = pcall(cjson.decode, ARGV[1])
if not sound or type(presses) ~= 'table' or #presses == 0 or #presses % 4 ~= 0 then
  return redis.error_reply('ERR press: give a JSON list with four values for each press')
end
local members, ids, group_generations, choices = {}, {}, {}, {}
for i = 1, #presses / 4 do
  local member, generation = presses[4 * i - 3], presses[4 * i - 2]
  local press_id, choice = presses[4 * i - 1], presses[4 * i]
  if type(member) ~= 'string' or type(generation) ~= 'number' or type(press_id) ~= 'string'
    or type(choice) ~= 'string' or member == '' or press_id == ''
    or string.find(member, '|', 1, true) or string.find(press_id, '|', 1, true) then
    return redis.error_reply('ERR press: malformed press ' .. whole(i))
  end
  members[i], group_generations[i], choices[i] = member, generation, choice
  ids[i] = member .. '|' .. press_id
end

local sealed = {}
if ARGV[2] ~= '' then
  sealed = cjson.decode(ARGV[2])
  if #sealed ~= #members then
    return redis.error_reply('ERR press: give one sealed ballot, or none, for each press')
  end
end

local function read_fields(key, fields)
  local values = {}
  for first = 1, #fields, SLICE do
    local last = math.min(first + SLICE - 1, #fields)
    local slice = redis.call('HMGET', key, unpack(fields, first, last))
    for i = 1, #slice do
      values[first + i - 1] = slice[i]
    end
  end
  return values
end

local function write_fields(key, pairs_list)
  for first = 1, #pairs_list, SLICE do
    redis.call('HSET', key, unpack(pairs_list, first, math.min(first + SLICE - 1, #pairs_list)))
  end
end

local box = read_box(KEYS[1])
local generations = read_fields(KEYS[5], members)
local outcomes = {}

if not box then
  for i = 1, #members do
    local replaced = group_generations[i] < tonumber(generations[i] or 0)
    outcomes[i] = replaced and 'replaced' or 'unknown_ballot'
  end
  return {table.concat(outcomes, ' '), ''}
end

latch_if_due(KEYS[1], box, now())
local rights = read_fields(KEYS[2], members)
local stored_votes = read_fields(KEYS[3], members)
local stored_presses = read_fields(KEYS[4], ids)
local known_sealed = ARGV[2] ~= '' and read_fields(KEYS[7], choices) or {}

local n, chain = tonumber(box.n), box.chain
local before, shown = n, 0
local held = {}   -- member -> {n, choice}: what holds now, from the store or this group
local taken = {}  -- member|press_id -> {n, choice}: taken by this group
local accepted, repeated = {}, {}  -- index -> n as a text, index -> its flag
local new_presses, voters, new_votes = {}, {}, {}
local new_sealed, taken_sealed = {}, {}

local function press(i, member, choice)
  if group_generations[i] < tonumber(generations[i] or 0) then
    return 'replaced'
  end
  if held[member] == nil then
    held[member] = false
    if stored_votes[i] then
      local number, _, stored_choice = string.match(stored_votes[i], HELD)
      held[member] = {number, stored_choice}
    end
  end
  local seen = taken[ids[i]]
  if not seen and stored_presses[i] then
    local number, stored_choice = string.match(stored_presses[i], SEEN)
    seen = {number, stored_choice}
  end
  if seen then
    if seen[2] ~= choice then
      return 'press_id_reused'
    end
    accepted[i], repeated[i] = seen[1], ':1'
    return nil
  end
  if box.phase == 'suspended' then
    return 'not_open'
  end
  if latched(box) then
    return 'closed'
  end
  if not rights[i] then
    return 'not_on_roll'
  end
  if rights[i] == 'suspended' then
    return 'suspended_right'
  end
  local count = 'count:' .. choice
  local counted = box.choices ~= ''
  if choice == '' or (counted and not box[count]) then
    return 'bad_choice'
  end
  local has_seal = sealed[i] and sealed[i] ~= ''
  if has_seal and (known_sealed[i] or taken_sealed[choice]) then
    return 'bad_choice'
  end
  local old = held[member]
  if old and box.revocable == '0' then
    return 'not_revocable'
  end

  n = n + 1
  chain = redis.sha1hex(chain .. '|' .. ids[i] .. '|' .. choice)
  if not old or old[2] ~= choice then
    if counted then
      box[count] = box[count] + 1
      if old then
        box['count:' .. old[2]] = box['count:' .. old[2]] - 1
      end
    end
    if box.disclosure == 'counts' or box.disclosure == 'individual'
      or (box.disclosure == 'turnout' and not old) then
      shown = shown + 1
    end
  end
  local number = whole(n)
  held[member] = {number, choice}
  taken[ids[i]] = held[member]
  accepted[i], repeated[i] = number, ':0'
  new_presses[#new_presses + 1] = ids[i]
  new_presses[#new_presses + 1] = number .. '|' .. choice
  if has_seal then
    taken_sealed[choice] = true
    new_sealed[#new_sealed + 1] = choice
    new_sealed[#new_sealed + 1] = number .. '|' .. ids[i] .. '|' .. choice .. '|' .. sealed[i]
  end
  if not new_votes[member] then
    voters[#voters + 1] = member
  end
  new_votes[member] = number .. '|' .. presses[4 * i - 1] .. '|' .. choice
  return nil
end

for i = 1, #members do
  outcomes[i] = press(i, members[i], choices[i])
end
for i, number in pairs(accepted) do
  local holds = held[members[i]]
  local current = holds and holds[1] == number and ':1' or ':0'
  outcomes[i] = number .. current .. repeated[i]
end

if n > before then
  local vote_pairs, box_pairs = {}, {'n', whole(n), 'chain', chain}
  for i = 1, #voters do
    vote_pairs[2 * i - 1] = voters[i]
    vote_pairs[2 * i] = new_votes[voters[i]]
  end
  for field, value in pairs(box) do
    if type(value) == 'number' then
      box[field] = whole(value)
      box_pairs[#box_pairs + 1] = field
      box_pairs[#box_pairs + 1] = box[field]
    end
  end
  box.n, box.chain = whole(n), chain
  write_fields(KEYS[4], new_presses)
  write_fields(KEYS[3], vote_pairs)
  write_fields(KEYS[7], new_sealed)
  write_fields(KEYS[1], box_pairs)
  if shown > 0 then
    redis.call('INCRBY', KEYS[6], whole(shown))
  end
end
return {table.concat(outcomes, ' '), state(box, KEYS[3], KEYS[6])}
