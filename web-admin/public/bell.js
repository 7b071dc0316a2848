// The bell and the number of approvals follow what happens, without the page being asked for as a whole.
const gather = 800
let timer

async function renew() {
  const response = await fetch('/notifications/bell', { headers: { 'x-live': 'yes' } })
  if (!response.ok || response.redirected) return
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html')
  for (const id of ['bell', 'count-approvals']) {
    const [now, then] = [fresh.getElementById(id), document.getElementById(id)]
    if (now && then && now.innerHTML !== then.innerHTML) then.innerHTML = now.innerHTML
  }
}

document.addEventListener('changed', ({ detail }) => {
  const counts = detail.some(subject => /^(approval|incident|loan|rollout|device):/.test(subject))
  if (!counts || !document.getElementById('bell')) return
  clearTimeout(timer)
  timer = setTimeout(() => renew().catch(() => {}), gather)
})
